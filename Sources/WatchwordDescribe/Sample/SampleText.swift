import WatchwordCore
import WatchwordDialect

/// Texts of the right form that open nothing: what examples are made of.
struct SampleText {
    let terms: Terms
    let keys: [KeySpecification]

    init(_ dialect: Dialect) {
        terms = dialect.terms
        keys = dialect.keys
    }

    static let email = "ada@example.com"
    static let username = "ada"
    static let name = "Ada Lovelace"
    /// What fits a field of the contract by its name.
    static func text(of field: String) -> String {
        switch field.lowercased().filter(\.isLetter) {
        case "fullname", "displayname": name
        case "firstname", "givenname": "Ada"
        case "lastname", "familyname": "Lovelace"
        default: "text"
        }
    }

    static let moment = Timestamp(seconds: 1_772_366_400)

    /// A password that every rule of the dialect lets through.
    var password: String {
        let text = terms.password.classes.isEmpty ? "correct horse battery staple" : "Correct-horse-4-staple"
        return String(text.prefix(max(terms.password.minimum, terms.password.maximum)))
    }

    /// The id of an account, agent or key; `number` tells two apart.
    func id(_ number: Int = 1) -> String {
        switch terms.accounts.idFormat {
        case .integer: String(number)
        case .uuid: "3f2b8c1e-5d4a-4e7b-9c6d-8a1f0e2d3c4\(number % 10)"
        case .cuid: "c" + Self.letters("k3x9v0q2m7b1z8w4t6y5r0p1n2", 23) + String(number % 10)
        case .objectID: "65e1a7c0" + Self.letters("9f3b", 15) + String(number % 10)
        case .hex32: Self.letters("4be29a7c0f1d", 31) + String(number % 10)
        case .custom(let alphabet, let length, let prefix): prefix + Self.letters(alphabet, length, from: number)
        }
    }

    /// As JSON holds it.
    func idValue(_ number: Int = 1) -> Value {
        let text = id(number)
        return terms.accounts.idFormat == .integer ? Int64(text).map(Value.int) ?? .string(text) : .string(text)
    }

    var accessToken: String { token(terms.access.format) }
    var refreshToken: String { terms.refresh.map { token($0.format) } ?? "" }

    var apiKey: String {
        guard let keys = terms.apiKeys else { return "" }
        if let letters = keys.letters { return keys.prefix + Self.letters(letters.alphabet, letters.length) }
        return keys.prefix + Self.encoded(keys.bytes, keys.encoding)
    }

    private func token(_ format: TokenFormat) -> String {
        switch format {
        case .jwt(let name, _, _):
            let algorithm = keys.first { $0.name == name }?.algorithm.rawValue ?? "HS256"
            let parts = [#"{"alg":"\#(algorithm)","typ":"JWT"}"#, #"{"sample":true}"#, "no signature"]
            return parts.map { TextEncoding.base64url.encode(Array($0.utf8)) }.joined(separator: ".")
        case .opaque(let format):
            switch format.content {
            case .bytes(let count, let encoding): return format.prefix + Self.encoded(count, encoding)
            case .letters(let alphabet, let length): return format.prefix + Self.letters(alphabet, length)
            case .uuid: return format.prefix + "7d9c4b1a-2e3f-4a5b-8c6d-0f1e2d3c4b5a"
            }
        }
    }

    /// `count` characters that run through an alphabet.
    private static func letters(_ alphabet: String, _ count: Int, from start: Int = 7) -> String {
        let letters = Array(alphabet)
        guard !letters.isEmpty else { return "" }
        return String((0..<max(0, count)).map { letters[(start + $0 * 11) % letters.count] })
    }

    private static func encoded(_ count: Int, _ encoding: TextEncoding) -> String {
        encoding.encode((0..<max(0, count)).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 101) })
    }
}
