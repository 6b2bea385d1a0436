import WatchwordCore
import WatchwordDialect
import WatchwordRelay

/// The server as a person's client asks it, by the routes of the dialect.
struct PersonServer: Sendable {
    /// How long the server may take for an answer.
    static let limit = Duration.seconds(30)

    let contract: TerminalContract
    let dial: ServerDial
    let pace: any Pace

    /// An agent as the list has it.
    struct ListedAgent: Hashable, Sendable {
        var id: String
        var name: String?
    }

    /// The token of a new session.
    func signIn(_ user: String, password: Secret) async throws -> Secret {
        guard let route = contract.signIn, let handle = TerminalContract.handle(route, user) else {
            throw TerminalFailure("the dialect \(contract.name) has no sign-in by a password: give a token")
        }
        let submission = Submission([handle: .string(user), .password: .string(password.revealed)])
        let reply = try await ask(route, submission, nil, "the sign-in")
        let slot: Slot = contract.kind == .apiKey ? .apiKey(.secret) : .access(.token)
        guard let token = reply.values[slot]?.string else {
            throw TerminalFailure("the dialect \(contract.name) shows no token at the sign-in: give one")
        }
        return Secret(token)
    }

    /// The id of the agent that is called so; an id is one as it stands.
    func agent(_ called: String, _ token: Secret) async throws -> String {
        guard let route = contract.agents else { return called }
        let reply = try await ask(route, Submission([:]), credential(token), "the list of agents")
        let agents = (reply.lists[.agents] ?? []).compactMap(Self.agent)
        if agents.contains(where: { $0.id == called }) { return called }
        let named = agents.filter { $0.name == called }
        switch named.count {
        case 1: return named[0].id
        // The list may be one part of several.
        case 0: return called
        default:
            let ids = named.map { $0.id.oneLine(atMost: 64) }.joined(separator: ", ")
            throw TerminalFailure("several agents are called \(called): name it by one of its ids \(ids)")
        }
    }

    /// A ticket for this path; nothing where the dialect has none.
    func ticket(agentID: String, _ token: Secret) async throws -> Secret? {
        guard let route = contract.ticket, let path = contract.socket.path(agentID: agentID) else { return nil }
        var submission = Submission([.socket: .string(path)])
        if route.takes(.id) { submission[.id] = .string(agentID) }
        let reply = try await ask(route, submission, credential(token), "a ticket")
        return reply.values[.ticket(.token)]?.string.map { Secret($0) }
    }

    func credential(_ token: Secret) -> PresentedCredential { PresentedCredential(kind: contract.kind, text: token) }

    private func ask(
        _ route: CompiledRoute, _ submission: Submission, _ credential: PresentedCredential?, _ what: String
    ) async throws -> ParsedReply {
        guard let request = route.request(submitting: submission, presenting: [credential].compactMap(\.self)) else {
            throw TerminalFailure("\(what) cannot be asked for: no request of the dialect holds what was given")
        }
        let response: WireResponse
        do {
            response = try await pace.within(Self.limit) { try await dial.exchange(request) }
        } catch {
            try Task.checkCancellation()
            throw TerminalFailure("cannot reach \(dial.address.origin): \(ConnectionProblem.text(error))")
        }
        guard let reply = contract.dialect.parse(response, route: route) else {
            throw TerminalFailure(
                "\(what): the answer (status \(response.status)) is none of the dialect \(contract.name)")
        }
        guard let refused = reply.refused else { return reply }
        throw TerminalFailure("\(what) was refused: \(refused.words)")
    }

    private static func agent(_ item: [Slot: Value]) -> ListedAgent? {
        let id: String? =
            switch item[.itemAgent(.id)] {
            case .string(let text): text
            case .int(let number): String(number)
            default: nil
            }
        return id.map { ListedAgent(id: $0, name: item[.itemAgent(.name)]?.string) }
    }
}
