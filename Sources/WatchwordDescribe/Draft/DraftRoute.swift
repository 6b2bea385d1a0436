import WatchwordCore

/// A route of a draft, as it will be written.
struct DraftRoute {
    var method: String
    var path: String
    var operation: Operation
    var media: [String] = []
    var bindings: [(input: String, source: String)] = []
    var isSigned = false
    var status = 200
    /// Nothing for no body.
    var body: Value?
    var errors: [(code: RefusalCode, status: Int, body: Value)] = []
    var doubts: [String] = []

    func binds(_ input: InputName) -> Bool { bindings.contains { $0.input == input.text } }

    var text: String {
        var lines = ["  \(YAMLText.heading("\(method) \(path)")):", "    do: \(operation.rawValue)"]
        if isSigned { lines.append("    auth: user") }
        if !media.isEmpty {
            lines.append("    take: \(media.count == 1 ? media[0] : "[\(media.joined(separator: ", "))]")")
        }
        if !bindings.isEmpty {
            lines.append(
                "    in: {\(bindings.map { "\($0.input): \(YAMLText.scalar($0.source))" }.joined(separator: ", "))}")
        }
        lines.append(YAMLText.block("reply", Self.reply(status, body), level: 2))
        if !errors.isEmpty {
            lines.append("    errors:")
            lines += errors.map { YAMLText.block($0.code.rawValue, Self.reply($0.status, $0.body), level: 3) }
        }
        if !doubts.isEmpty {
            lines.append("    todo:")
            lines += doubts.map { "      - " + YAMLText.scalar($0) }
        }
        return lines.joined(separator: "\n")
    }

    static func reply(_ status: Int, _ body: Value?) -> Value {
        .object([.init("status", .int(Int64(status)))] + (body.map { [.init("body", $0)] } ?? []))
    }
}
