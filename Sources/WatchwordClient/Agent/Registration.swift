import WatchwordCore
import WatchwordDialect

/// Has the server say which agent this machine is.
struct Registration: Sendable {
    /// How long the server may take for an answer.
    static let limit = Duration.seconds(30)

    let route: CompiledRoute
    let contract: AgentContract
    let dial: ServerDial
    let name: String
    let key: Secret
    let pace: any Pace

    enum Answer: Equatable, Sendable {
        case agent(id: String)
        /// The server knows no such agent of this key's account.
        case unknown
        case other(Verdict)
    }

    /// - Parameter id: what the server gave before; nothing to be a new agent.
    func answer(as id: String?) async throws -> Answer {
        var submission = Submission([.name: .string(name)])
        submission[.id] = id.map(Value.string)
        let credential = PresentedCredential(kind: .apiKey, text: key)
        guard let request = route.request(submitting: submission, presenting: [credential]) else {
            return .other(
                .never(AgentFailure(.configuration, "the key or the name has characters that no request can hold")))
        }
        let response: WireResponse
        do {
            response = try await pace.within(Self.limit) { try await dial.exchange(request) }
        } catch {
            try Task.checkCancellation()
            return .other(.again("cannot reach \(dial.address.origin): \(ConnectionProblem.text(error))"))
        }
        let reply = contract.dialect.parse(response, route: route)
        if let reply, reply.refused == nil {
            switch reply.values[.agent(.id)] {
            case .string(let id) where !id.isEmpty: return .agent(id: id)
            case .int(let id): return .agent(id: String(id))
            default: break
            }
        }
        if id != nil, reply?.refused == .notFound { return .unknown }
        return .other(Verdict(response, reply, knownBefore: id != nil))
    }
}
