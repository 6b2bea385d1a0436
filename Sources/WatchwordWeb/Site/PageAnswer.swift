import WatchwordCore

/// What a page answers, before it is written.
struct PageAnswer {
    enum Content {
        /// A template with its own part of the context; the site adds what every page has.
        case page(String, [String: Any])
        /// To a path of ours, after a POST (303, RFC 9110 section 15.4.4).
        case redirect(LocalPath)
        case json(Value)
        /// The site's own page for that status.
        case failed
    }

    var content: Content
    var status: Int
    var cookies: [SiteCookie] = []
    /// Whole seconds after which a retry can succeed.
    var retryAfter: Int64?

    /// A page of that template. A `nil` has no place in a context: leave the key out.
    static func page(_ template: String, _ context: [String: Any] = [:], status: Int = 200) -> PageAnswer {
        PageAnswer(content: .page(template, context), status: status)
    }

    /// To a path below the site's prefix; `done` is the key of the notice shown there.
    static func redirect(_ path: String, done: String? = nil) -> PageAnswer {
        PageAnswer(content: .redirect(LocalPath(below: path, done: done)), status: 303)
    }

    /// To a path that was checked to be ours.
    static func redirect(to path: LocalPath) -> PageAnswer {
        PageAnswer(content: .redirect(path), status: 303)
    }

    static func json(_ value: Value, status: Int = 200) -> PageAnswer {
        PageAnswer(content: .json(value), status: status)
    }

    static func failed(_ status: Int) -> PageAnswer { PageAnswer(content: .failed, status: status) }

    func setting(_ cookie: SiteCookie) -> PageAnswer {
        var answer = self
        answer.cookies.append(cookie)
        return answer
    }
}

/// A path of this site, and nobody else's: where a redirect may go.
struct LocalPath: Hashable, Sendable {
    /// The whole of it; nothing where it is below the prefix.
    private var whole: String?
    private var below = ""
    private var done: String?

    init(below path: String, done: String? = nil) {
        below = path
        self.done = done
    }

    /// A path that a client names, if it can lead nowhere but to the pages under `prefix` (ASVS 5.0 1.2.2, 3.7.2).
    ///
    /// Refuses what a browser could read as another host or leave the prefix by: `//`, `\`, schemes, dot segments,
    /// control characters, and all of them percent-encoded.
    init?(_ text: String, under prefix: String) {
        let bytes = Array(text.utf8)
        guard bytes.count <= 1_024, bytes.starts(with: prefix.utf8) else { return nil }
        let rest = text.utf8.dropFirst(prefix.utf8.count)
        guard rest.isEmpty || rest.first == UInt8(ascii: "/") || rest.first == UInt8(ascii: "?") else { return nil }
        guard bytes.allSatisfy(Self.isPlain), Self.escapesArePlain(bytes) else { return nil }
        let path = text.prefix { $0 != "?" }
        guard !path.contains("//"), !path.split(separator: "/").contains(where: { $0 == "." || $0 == ".." })
        else { return nil }
        whole = text
    }

    /// The address from the root.
    func text(under prefix: String) -> String {
        if let whole { return whole }
        let path = below.isEmpty ? prefix : prefix + "/" + below
        return done.map { path + (path.contains("?") ? "&" : "?") + "done=" + $0 } ?? path
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "/-._~?=&%+".utf8.contains(byte)
        }
    }

    /// Every `%` has its two digits, and stands for no slash, no control character, no percent sign.
    private static func escapesArePlain(_ bytes: [UInt8]) -> Bool {
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "%") {
            guard index + 2 < bytes.count,
                let code = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16),
                code > 0x20, code != 0x7F, !"/\\%.".utf8.contains(code)
            else { return false }
        }
        return true
    }
}
