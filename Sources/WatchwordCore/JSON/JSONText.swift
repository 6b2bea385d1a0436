/// JSON for people, as narrow as a terminal or a page is wide.
public enum JSONText {
    /// The text of a value in the order given, two spaces a level: what fits into the width stands on one line, with a
    /// space behind each colon and comma, and nothing else does.
    ///
    /// - Parameters:
    ///   - width: in characters; what cannot be broken may be wider.
    ///   - used: how much of its line is taken besides its margin.
    public static func fitted(_ value: Value, width: Int, level: Int = 0, used: Int = 0) -> String {
        let line = oneLine(value)
        if level * 2 + used + line.count <= width { return line }
        let margin = String(repeating: "  ", count: level + 1)
        let end = "\n" + String(repeating: "  ", count: level)
        switch value {
        case .array(let items) where !items.isEmpty:
            let lines = items.map { margin + fitted($0, width: width, level: level + 1, used: 1) }
            return "[\n" + lines.joined(separator: ",\n") + end + "]"
        case .object(let members) where !members.isEmpty:
            let lines = members.map { member in
                let name = JSON.text(.string(member.name)) + ": "
                return margin + name + fitted(member.value, width: width, level: level + 1, used: name.count + 1)
            }
            return "{\n" + lines.joined(separator: ",\n") + end + "}"
        default: return line
        }
    }

    private static func oneLine(_ value: Value) -> String {
        switch value {
        case .array(let items): "[" + items.map(oneLine).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.map { JSON.text(.string($0.name)) + ": " + oneLine($0.value) }.joined(separator: ", ") + "}"
        default: JSON.text(value)
        }
    }
}
