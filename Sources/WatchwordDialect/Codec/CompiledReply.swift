import WatchwordCore

/// A reply compiled: when it is given, its header fields, its cookies, and its body as a template.
struct CompiledReply: Sendable {
    let conditions: [Condition]
    /// Those that go before it where their conditions hold.
    private let cases: [CompiledReply]
    let status: Int
    private let headers: [(name: String, value: PlainText, escaping: PlainText.Escaping)]
    private let cookies: [CompiledCookie]
    private let body: Body?
    /// Exactly, where the dialect's own is not meant.
    private let contentType: String?
    let isSecret: Bool
    /// Whether it names the route's extras, which are read only then.
    let needsExtras: Bool

    private enum Body: Sendable {
        case json(Template)
        case text(PlainText, PlainText.Escaping)
    }

    init(_ reply: Reply) {
        conditions = reply.conditions
        cases = reply.cases.map(CompiledReply.init)
        status = reply.status
        headers = reply.headers.map {
            ($0.name, PlainText($0.value), $0.name.lowercased() == "location" ? .url : .none)
        }
        cookies = reply.cookies.map(CompiledCookie.init)
        if reply.isText {
            let type = reply.contentType ?? "text/plain; charset=utf-8"
            contentType = type
            // Only a type that no browser runs is left as it is.
            let isInert = type.prefix { $0 != ";" }.lowercased() == "text/plain"
            body = reply.body.map { .text(PlainText($0), isInert ? .none : .html) }
        } else {
            contentType = reply.contentType
            body = reply.body.map { .json(Template($0)) }
        }
        let slots = reply.slots
        needsExtras = slots.contains { if case .extra = $0 { true } else { false } }
        // What a request said may have been a credential.
        isSecret = needsExtras || slots.contains(where: \.isSecret)
    }

    /// The first of its cases whose conditions hold, or itself.
    func chosen(by contents: inout RequestContents?, taking media: [MediaType]) -> CompiledReply {
        Self.first(of: cases, by: &contents, taking: media) ?? self
    }

    /// The first whose conditions hold; nothing where none do or no request is known.
    static func first(
        of replies: [CompiledReply], by contents: inout RequestContents?, taking media: [MediaType]
    ) -> CompiledReply? {
        guard !replies.isEmpty, var read = contents else { return nil }
        defer { contents = read }
        return replies.first { read.holds($0.conditions, taking: media) }
    }

    func response(_ scope: Scope, status: Int? = nil, contentType: String) -> WireResponse {
        var response = WireResponse(status: status ?? self.status, isSecret: isSecret)
        for (name, value, escaping) in headers where value.isPresent(scope) {
            let text = Self.fieldValue(value.text(scope, escaping))
            response.headers.append((name, escaping == .url ? Self.location(text) : text))
        }
        for cookie in cookies {
            if let field = cookie.field(scope) { response.headers.append(("Set-Cookie", field)) }
        }
        switch body {
        case nil:
            // Some clients look for the field even where there is nothing (Appwrite's, at a 204).
            if let own = self.contentType { response.headers.append(("Content-Type", own)) }
        case .json(let template)?:
            response.headers.append(("Content-Type", self.contentType ?? contentType))
            response.body = template.body(scope)
        case .text(let text, let escaping)?:
            response.headers.append(("Content-Type", self.contentType ?? contentType))
            response.body = Array(text.text(scope, escaping).utf8)
        }
        return response
    }

    /// An empty fact between two slashes must not make a host of what is behind it.
    private static func location(_ text: String) -> String {
        guard text.hasPrefix("//") else { return text }
        return "/" + text.drop { $0 == "/" }
    }

    /// Without the bytes that could end the field and begin another (RFC 9110 section 5.5).
    private static func fieldValue(_ text: String) -> String {
        let isControl: (UInt8) -> Bool = { $0 < 0x20 || $0 == 0x7F }
        guard text.utf8.contains(where: isControl) else { return text }
        return String(decoding: text.utf8.filter { !isControl($0) }, as: UTF8.self)
    }
}
