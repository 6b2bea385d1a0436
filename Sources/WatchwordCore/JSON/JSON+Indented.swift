extension JSON {
    /// The text of a value for people to read: a line a member, two spaces a level, no line break at the end.
    public static func indented(_ value: Value) -> String { indented(value, depth: 0) }

    private static func indented(_ value: Value, depth: Int) -> String {
        let inner = String(repeating: "  ", count: depth + 1)
        let outer = String(repeating: "  ", count: depth)
        switch value {
        case .object(let members) where !members.isEmpty:
            let lines = members.map { "\(inner)\(text(.string($0.name))): \(indented($0.value, depth: depth + 1))" }
            return "{\n\(lines.joined(separator: ",\n"))\n\(outer)}"
        case .array(let items) where !items.isEmpty:
            let lines = items.map { inner + indented($0, depth: depth + 1) }
            return "[\n\(lines.joined(separator: ",\n"))\n\(outer)]"
        default: return text(value)
        }
    }
}
