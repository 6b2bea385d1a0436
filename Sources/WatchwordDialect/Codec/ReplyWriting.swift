import WatchwordCore

/// A reply compiled: its header fields and body as templates.
struct CompiledReply: Sendable {
    let status: Int
    let headers: [(name: String, value: Tree)]
    let body: Template?
    let isSecret: Bool

    init(_ reply: Reply) {
        status = reply.status
        headers = reply.headers.map { ($0.name, $0.value) }
        body = reply.body.map(Template.init)
        isSecret = body?.isSecret == true || headers.contains { $0.value.slots.contains(where: \.isSecret) }
    }

    func response(_ scope: Scope, status: Int? = nil, contentType: String) -> WireResponse {
        var response = WireResponse(status: status ?? self.status, isSecret: isSecret)
        for header in headers {
            guard let value = Self.text(header.value, scope) else { continue }
            response.headers.append((header.name, value))
        }
        if let body {
            if !headers.contains(where: { $0.name.lowercased() == "content-type" }) {
                response.headers.append(("Content-Type", contentType))
            }
            response.body.reserveCapacity(512)
            body.write(scope, to: &response.body)
        }
        return response
    }

    /// A header's value; nothing where its fact is absent. No byte of it can end the field (RFC 9110 section 5.5).
    private static func text(_ tree: Tree, _ scope: Scope) -> String? {
        let text: String
        switch tree {
        case .literal(.string(let literal)): text = literal
        case .literal(let value): text = JSON.text(value)
        case .slot(let slot, let filters):
            let fact = scope.fact(slot)
            guard !fact.isAbsent else { return nil }
            text = Template.plain(fact, Rendering(filters: filters), scope)
        case .text(let pieces):
            text = pieces.map { piece in
                switch piece {
                case .literal(let text): text
                case .slot(let slot, let filters): Template.plain(scope.fact(slot), Rendering(filters: filters), scope)
                }
            }.joined()
        default: return nil
        }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
    }
}
