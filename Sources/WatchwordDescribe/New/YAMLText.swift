import WatchwordCore
import WatchwordDialect

/// Data as the language's YAML: in one line, quoted only where the reader would read it otherwise.
enum YAMLText {
    static func scalar(_ text: String) -> String {
        let isPlain = !text.isEmpty && text.utf8.count < 200 && reads("[\(text)]", as: .array([.string(text)]))
        return isPlain && reads(text, as: .string(text)) ? text : JSON.text(.string(text))
    }

    static func flow(_ value: Value) -> String {
        switch value {
        case .string(let text): scalar(text)
        case .array(let items): "[" + items.map(flow).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.map { "\(key($0.name)): \(flow($0.value))" }.joined(separator: ", ") + "}"
        default: JSON.text(value)
        }
    }

    /// In one line behind its name if that is short, else a member a line.
    static func block(_ name: String, _ value: Value, level: Int) -> String {
        let margin = String(repeating: "  ", count: level)
        let line = "\(margin)\(key(name)): \(flow(value))"
        guard line.count > 110, case .object(let members) = value, !members.isEmpty else { return line }
        return (["\(margin)\(key(name)):"] + members.map { block($0.name, $0.value, level: level + 1) })
            .joined(separator: "\n")
    }

    /// A key that begins a line.
    static func heading(_ name: String) -> String {
        reads("\(name): 1", as: .object([.init(name, .int(1))])) ? name : JSON.text(.string(name))
    }

    private static func key(_ name: String) -> String {
        reads("{\(name): 1}", as: .object([.init(name, .int(1))])) ? name : JSON.text(.string(name))
    }

    private static func reads(_ text: String, as value: Value) -> Bool {
        let (node, mistakes) = YAML.read(text: text, file: "")
        return mistakes.isEmpty && node?.value == value
    }
}
