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
        if let forwardAuth, case .request(let request) = arrival, request.path == forwardAuth.settings.path {
            return await forwardAuth.respond(to: request, from: peer)
        }
        let (responder, arrival) = find(arrival)
        return await responder.respond(to: arrival, from: peer)
    }

    func answer(_ arrival: Arrival, from peer: Peer) async -> Answer {
        if let forwardAuth, case .request(let request) = arrival, request.path == forwardAuth.settings.path {
            return .response(await forwardAuth.respond(to: request, from: peer))
        }
        let (responder, arrival) = find(arrival)
        return await responder.answer(arrival, from: peer)
    }

    /// Who answers, and to what: a host that no dialect answers to is refused in the words of the first.
    private func find(_ arrival: Arrival) -> (DialectResponder, Arrival) {
        // The commonest case: nothing to choose.
        guard case .request(let request) = arrival, dialects.count > 1 || !dialects[0].hosts.isEmpty else {
            return (dialects[0].responder, arrival)
        }
        return choose(request).map { ($0, arrival) } ?? (dialects[0].responder, .refused(Refusal(.notFound)))
    }

    /// The dialect whose route or socket fits; else the first that knows the path, which says what methods it has; else
    /// the first of that host.
    private func choose(_ request: WireRequest) -> DialectResponder? {
        let host = request.header("host").map(HostName.init)
        let named = dialects.filter { $0.hosts.contains(host?.text ?? "") }
        let candidates = named.isEmpty ? dialects.filter(\.hosts.isEmpty) : named
        var knowing: DialectResponder?
        for (_, responder) in candidates {
            switch responder.dialect.match(method: request.method, path: request.path) {
            case .found: return responder
            case .methodNotAllowed: knowing = knowing ?? responder
            case .notFound where responder.dialect.socket(path: request.path) != nil: return responder
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
