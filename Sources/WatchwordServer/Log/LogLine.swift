import WatchwordCore

/// The two forms of a log line.
enum LogLine {
    static func bytes(_ fields: [(String, String)], _ format: Configuration.Log.Format) -> [UInt8] {
        var line: [UInt8] = []
        switch format {
        case .json: JSON.append(.object(fields.map { Value.Member($0.0, .string($0.1)) }), to: &line)
        case .text:
            for (index, (name, value)) in fields.enumerated() {
                if index > 0 { line.append(0x20) }
                // Time and level need no name: every line begins with them.
                if index > 1 { line.append(contentsOf: Array("\(name)=".utf8)) }
                append(value, to: &line)
            }
        }
        line.append(0x0A)
        return line
    }

    /// A value that could be misread is quoted as a JSON string: spaces, quotes, `=`, control characters, nothing at all.
    private static func append(_ value: String, to line: inout [UInt8]) {
        let isPlain = !value.isEmpty && value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x3D }
        if isPlain { line.append(contentsOf: Array(value.utf8)) } else { JSON.append(string: value, to: &line) }
    }
}
