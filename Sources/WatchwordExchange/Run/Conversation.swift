import WatchwordCore
import WatchwordDialect

/// One run of a file's exchanges against one server: what it kept of earlier answers, and what it fills in.
public struct Conversation: Sendable {
    private let client: CurlClient
    private let mailbox: Mailbox?
    /// Twelve lower-case letters and digits: the same for every server the file runs against.
    private let unique: String
    private var kept: [String: String] = [:]

    public struct Missing: Error, CustomStringConvertible, Equatable {
        public var description: String
    }

    /// - Parameter mailbox: where the server's messages are, for `{{mail.verify}}` and `{{mail.reset}}`.
    public init(client: CurlClient, mailbox: Mailbox?, unique: String) {
        self.client = client
        self.mailbox = mailbox
        self.unique = unique
    }

    /// A name for a run of a file: `x` and eleven letters and digits.
    public static func freshUnique(_ random: any RandomSource) -> String {
        "x" + String(TextEncoding.base62.encode(random.bytes(16)).lowercased().prefix(11))
    }

    /// Sends the request and keeps what the expected body captures of the answer.
    ///
    /// Throws `Missing` if something in braces is not there, and what the client throws.
    public mutating func run(_ exchange: Exchange) async throws -> WireResponse {
        let target = try await filled(exchange.target)
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var request = WireRequest(method: exchange.method, path: String(parts[0]))
        if parts.count == 2 { request.query = String(parts[1]) }
        for field in exchange.headers {
            request.headers.append((field.name.lowercased(), try await filled(field.value)))
        }
        if let body = exchange.body { request.body = Array(try await filled(body).utf8) }
        let response = try await client.send(request)
        if let body = exchange.expected?.body, case .success(let pattern) = JSON.parse(Array(body.utf8)),
            case .success(let value) = JSON.parse(response.body)
        {
            capture(pattern, value)
        }
        for field in exchange.expected?.headers ?? [] {
            guard let value = response.header(field.name.lowercased()) else { continue }
            capture(.string(field.value), .string(value))
        }
        return response
    }

    /// The text with everything put in that stands for a text; matchers stay.
    public func filled(_ text: String) async throws -> String {
        guard text.contains("{{") else { return text }
        var mails: [String: String] = [:]
        for words in Self.words(in: text) where words.hasPrefix("mail.") {
            guard let mailbox else { throw Missing(description: "{{\(words)}} needs to be told where the mail is") }
            mails[words] = try await mailbox.token(words, to: "\(unique)@example.com")
        }
        return try Braces.filled(text) { words in
            let parts = words.split(separator: " ")
            switch (parts.first, parts.count) {
            case ("unique", 1): return unique
            case ("UNIQUE", 1): return unique.uppercased()
            case ("fill", 2): return Int(parts[1]).map { String(repeating: "a", count: $0) }
            case ("tampered", 2):
                guard let text = kept[String(parts[1])] else {
                    throw Missing(description: "nothing is kept as `\(parts[1])`")
                }
                return Self.tampered(text)
            default: return mails[words] ?? kept[words]
            }
        }
    }

    private static func words(in text: String) -> [String] {
        var all: [String] = []
        _ = Braces.filled(text) { words in
            all.append(words)
            return nil
        }
        return all
    }

    /// Keeps what `{{jwt > token}}` names, wherever the trees agree so far.
    private mutating func capture(_ pattern: Value, _ value: Value) {
        switch (pattern, value) {
        case (.string(let text), _):
            guard let words = Braces.only(text), let name = Self.captureName(words) else { return }
            kept[name] = value.string ?? JSON.text(value)
        case (.object(let members), .object):
            for member in members { if let found = value[member.name] { capture(member.value, found) } }
        case (.array(let patterns), .array(let values)):
            for (pattern, value) in zip(patterns, values) { capture(pattern, value) }
        default: return
        }
    }

    private static func captureName(_ words: String) -> String? {
        let parts = words.split(separator: " ")
        guard let arrow = parts.firstIndex(of: ">"), arrow + 1 < parts.count else { return nil }
        return String(parts[arrow + 1])
    }

    /// A token with one character of its last part changed; of a key, the last but one.
    static func tampered(_ text: String) -> String {
        var bytes = Array(text.utf8)
        let dots = bytes.indices.filter { bytes[$0] == UInt8(ascii: ".") }
        let place = dots.count == 2 ? dots[1] + 1 : bytes.count - 2
        guard bytes.indices.contains(place) else { return text }
        bytes[place] = bytes[place] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
        return String(decoding: bytes, as: UTF8.self)
    }
}
