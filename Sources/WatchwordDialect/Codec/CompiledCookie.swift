import WatchwordCore

/// A Set-Cookie field compiled (RFC 6265 section 4.1.1, `SameSite` as the browsers' draft 6265bis has it).
struct CompiledCookie: Sendable {
    private let name: String
    private let value: PlainText?
    private let maximumAge: PlainText?
    /// `; Path=/; HttpOnly`: what does not change.
    private let attributes: String
    private let secure: ReplyCookie.Secure

    init(_ cookie: ReplyCookie) {
        name = cookie.name
        value = cookie.value.map(PlainText.init)
        maximumAge = cookie.maximumAge.map(PlainText.init)
        secure = cookie.secure
        var attributes = "; Path=\(cookie.path)"
        if let domain = cookie.domain { attributes += "; Domain=\(domain)" }
        if cookie.isHTTPOnly { attributes += "; HttpOnly" }
        switch cookie.sameSite {
        case nil: break
        case .lax?: attributes += "; SameSite=Lax"
        case .strict?: attributes += "; SameSite=Strict"
        case .none?: attributes += "; SameSite=None"
        }
        self.attributes = attributes
    }

    /// The field's value; nothing where the cookie's own is absent.
    func field(_ scope: Scope) -> String? {
        let isSecure =
            switch secure {
            case .always: true
            case .never: false
            case .auto: scope.context.baseURL.hasPrefix("https://")
            }
        let end = attributes + (isSecure ? "; Secure" : "")
        guard let value else {
            // Old browsers know no Max-Age.
            return "\(name)=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT" + end
        }
        guard value.isPresent(scope) else { return nil }
        var field = "\(name)=\(Self.octets(value.text(scope)))"
        if let age = maximumAge?.text(scope), let seconds = Int64(age) { field += "; Max-Age=\(max(0, seconds))" }
        return field + end
    }

    /// The text in the octets that a cookie's value may have, the others percent-encoded.
    private static func octets(_ text: String) -> String {
        func isOctet(_ byte: UInt8) -> Bool {
            (0x21...0x7E).contains(byte) && !"\"%,;\\".utf8.contains(byte)
        }
        guard !text.utf8.allSatisfy(isOctet) else { return text }
        return text.utf8.map { byte in
            isOctet(byte) ? String(UnicodeScalar(byte)) : PercentEncoding.escape(byte)
        }.joined()
    }
}
