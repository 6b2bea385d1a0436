import WatchwordCore

/// A reply compiled: its header fields and body as templates.
struct CompiledReply: Sendable {
    let status: Int
    private let headers: [(name: String, value: PlainText)]
    private let body: Template?
    let isSecret: Bool

    init(_ reply: Reply) {
        status = reply.status
        headers = reply.headers.map { ($0.name, PlainText($0.value)) }
        body = reply.body.map(Template.init)
        isSecret = body?.isSecret == true || reply.headers.contains { $0.value.slots.contains(where: \.isSecret) }
    }

    func response(_ scope: Scope, status: Int? = nil, contentType: String) -> WireResponse {
        var response = WireResponse(status: status ?? self.status, isSecret: isSecret)
        for (name, value) in headers where value.isPresent(scope) {
            response.headers.append((name, Self.fieldValue(value.text(scope))))
        }
        if let body {
            if response.header("content-type") == nil { response.headers.append(("Content-Type", contentType)) }
            response.body = body.body(scope)
        }
        return response
    }

    /// Without the bytes that could end the field and begin another (RFC 9110 section 5.5).
    private static func fieldValue(_ text: String) -> String {
        let isControl: (UInt8) -> Bool = { $0 < 0x20 || $0 == 0x7F }
        guard text.utf8.contains(where: isControl) else { return text }
        return String(decoding: text.utf8.filter { !isControl($0) }, as: UTF8.self)
    }
}
