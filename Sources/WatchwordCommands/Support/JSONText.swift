import WatchwordCore

/// JSON for people: a member a line, two spaces a level, in the order given.
public enum JSONText {
    public static func indented(_ value: Value, level: Int = 0) -> String {
        let margin = String(repeating: "  ", count: level + 1)
        let end = "\n" + String(repeating: "  ", count: level)
        switch value {
        case .array(let items) where !items.isEmpty:
            return "[\n" + items.map { margin + indented($0, level: level + 1) }.joined(separator: ",\n") + end + "]"
        case .object(let members) where !members.isEmpty:
            let lines = members.map { member in
                margin + JSON.text(.string(member.name)) + ": " + indented(member.value, level: level + 1)
            }
            return "{\n" + lines.joined(separator: ",\n") + end + "}"
        default:
            return JSON.text(value)
        }
    }
}
