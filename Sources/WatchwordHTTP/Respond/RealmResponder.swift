import WatchwordCore
import WatchwordDialect

/// Answers for every dialect that one listener speaks, and for the proxies that ask whom to let pass.
///
/// A dialect with host names answers to those alone; among the others that could answer, the one that has a route for
/// the request does. Routes of two dialects on the same hosts never fit one request, which is checked before serving.
struct RealmResponder: Responder {
    /// At least one; the first words what no dialect knows.
    let dialects: [(hosts: Set<String>, responder: DialectResponder)]
    let forwardAuth: ForwardAuth?

    func respond(to arrival: Arrival, from peer: Peer) async -> WireResponse {
        guard case .request(let request) = arrival else {
            return await dialects[0].responder.respond(to: arrival, from: peer)
        }
        if let forwardAuth, request.path == forwardAuth.settings.path {
            return await forwardAuth.respond(to: request, from: peer)
        }
        // The commonest case: nothing to choose.
        if dialects.count == 1, dialects[0].hosts.isEmpty {
            return await dialects[0].responder.respond(to: arrival, from: peer)
        }
        guard let chosen = choose(request) else {
            return await dialects[0].responder.respond(to: .refused(Refusal(.notFound)), from: peer)
        }
        return await chosen.respond(to: arrival, from: peer)
    }

    /// The dialect whose route fits; else the first that knows the path, which says what methods it has; else the first
    /// of that host.
    private func choose(_ request: WireRequest) -> DialectResponder? {
        let host = request.header("host").map(HostName.init)
        let named = dialects.filter { $0.hosts.contains(host?.text ?? "") }
        let candidates = named.isEmpty ? dialects.filter(\.hosts.isEmpty) : named
        var knowing: DialectResponder?
        for (_, responder) in candidates {
            switch responder.dialect.match(method: request.method, path: request.path) {
            case .found: return responder
            case .methodNotAllowed: knowing = knowing ?? responder
            case .notFound: break
            }
        }
        return knowing ?? candidates.first?.responder
    }
}

/// The host of a Host field (RFC 9110 section 7.2): lower case, without a port.
struct HostName: Hashable {
    let text: String

    init(_ field: String) {
        let name =
            if field.hasPrefix("["), let end = field.firstIndex(of: "]") { field[...end] } else {
                field.prefix { $0 != ":" }
            }
        text = name.lowercased()
    }
}
