import WatchwordCore
import WatchwordDialect

/// Answers for every dialect that one listener speaks, for the site beside them, and for the proxies that ask whom to
/// let pass.
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
        switch find(arrival) {
        case .dialect(let responder, let arrival): return await responder.respond(to: arrival, from: peer)
        case .site(let request): return await dialects[0].responder.respondBySite(to: request, from: peer)
        }
    }

    func answer(_ arrival: Arrival, from peer: Peer) async -> Answer {
        if let forwardAuth, case .request(let request) = arrival, request.path == forwardAuth.settings.path {
            return .response(await forwardAuth.respond(to: request, from: peer))
        }
        switch find(arrival) {
        case .dialect(let responder, let arrival): return await responder.answer(arrival, from: peer)
        case .site(let request): return .response(await dialects[0].responder.respondBySite(to: request, from: peer))
        }
    }

    private enum Found {
        /// A dialect, which asks the site about what it does not know, and what it is to answer.
        case dialect(DialectResponder, Arrival)
        case site(WireRequest)
    }

    /// Who answers: a host that no dialect answers to has pages all the same, and is refused anything else in the words
    /// of the first.
    private func find(_ arrival: Arrival) -> Found {
        // The commonest case: nothing to choose.
        guard case .request(let request) = arrival, dialects.count > 1 || !dialects[0].hosts.isEmpty else {
            return .dialect(dialects[0].responder, arrival)
        }
        if let responder = choose(request) { return .dialect(responder, arrival) }
        let first = dialects[0].responder
        if first.site?.claims(request) == true { return .site(request) }
        return .dialect(first, .refused(Refusal(.notFound)))
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
