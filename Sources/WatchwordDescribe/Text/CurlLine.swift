import WatchwordCore
import WatchwordDialect

/// A request as a curl command that can be pasted into a shell.
public struct CurlLine: Sendable {
    /// The words of the command, quoted, each with the option it belongs to.
    let words: [String]

    /// - Parameter isOneLine: whether a JSON body stays on one line however long it is.
    public init(_ request: SampleRequest, baseURL: String, isOneLine: Bool = false) {
        var url = baseURL + request.path
        if !request.query.isEmpty { url += "?" + Self.query(request.query) }
        var words = ["curl" + (request.method == "GET" ? "" : " -X \(request.method)") + " " + Self.quoted(url)]
        for header in request.headers { words.append("-H " + Self.quoted("\(header.name): \(header.value)")) }
        if !request.cookies.isEmpty {
            words.append("-b " + Self.quoted(request.cookies.map { "\($0.name)=\($0.value)" }.joined(separator: "; ")))
        }
        if let basic = request.basic { words.append("-u " + Self.quoted("\(basic.username):\(basic.password)")) }
        switch request.body {
        case .none: break
        case .json(let value):
            let text = isOneLine ? JSON.text(value) : JSONText.fitted(value, width: 71)
            words += ["-H 'Content-Type: application/json'", "-d " + Self.quoted(text)]
        case .form(let fields):
            // curl encodes what stands behind the name; without need the plain option reads better.
            words += fields.map { field in
                let option = field.value.utf8.contains { "%&+".utf8.contains($0) } ? "--data-urlencode" : "-d"
                return "\(option) " + Self.quoted("\(field.name)=\(field.value)")
            }
        case .multipart(let fields): words += fields.map { "-F " + Self.quoted("\($0.name)=\($0.value)") }
        case .text(let text): words += ["-H 'Content-Type: text/plain'", "-d " + Self.quoted(text)]
        }
        self.words = words
    }

    /// On one line, if the body is on one.
    public var text: String { words.joined(separator: " ") }

    /// On lines of at most `width` columns where its words allow, each but the last ending in a backslash.
    public func wrapped(width: Int, indent: Int) -> String {
        let margin = String(repeating: " ", count: indent)
        var lines = [""]
        for word in words {
            let last = lines[lines.count - 1]
            let isLong = last.count + 1 + word.count + 2 > width - indent
            if last.isEmpty {
                lines[lines.count - 1] = word
            } else if isLong || word.contains("\n") {
                lines.append("  " + word)
            } else {
                lines[lines.count - 1] += " " + word
            }
        }
        return lines.joined(separator: " \\\n").split(separator: "\n", omittingEmptySubsequences: false)
            .map { margin + $0 }.joined(separator: "\n")
    }

    /// Variables that examples use; a shell puts in what they hold.
    private static let variables = ["$TOKEN", "$REFRESH_TOKEN", "$API_KEY", "$LINK_TOKEN", "$USER"]

    /// In single quotes, variables between them in double ones; bare if nothing needs quoting.
    static func quoted(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "-_./:=@%,".utf8.contains(byte)
                }
            }
        if isPlain { return text }
        var result = ""
        var rest = text[...]
        var literal = ""
        func flush() {
            if !literal.isEmpty { result += "'" + literal + "'" }
            literal = ""
        }
        while let character = rest.first {
            if let variable = variables.first(where: { rest.hasPrefix($0) }) {
                flush()
                result += "\"\(variable)\""
                rest = rest.dropFirst(variable.count)
                continue
            }
            literal += character == "'" ? #"'\''"# : String(character)
            rest = rest.dropFirst()
        }
        flush()
        return result.isEmpty ? "''" : result
    }

    /// A query; variables stay as they are.
    static func query(_ fields: [SampleRequest.Field]) -> String {
        fields.map { "\($0.name)=\(escaped($0.value))" }.joined(separator: "&")
    }

    private static func escaped(_ text: String) -> String {
        guard !text.hasPrefix("$") else { return text }
        return text.utf8.map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E, 0x40: String(UnicodeScalar(byte))
            default:
                "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
