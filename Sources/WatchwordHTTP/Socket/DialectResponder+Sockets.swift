import WatchwordCore
import WatchwordDialect
import WatchwordEngine

extension DialectResponder {
    /// A request that asks to become a WebSocket, on the path of a socket, opens it or is refused it; any other is
    /// answered as ever.
    func answer(_ arrival: Arrival, from peer: Peer) async -> Answer {
        guard case .request(let request) = arrival, request.header("upgrade") != nil,
            let (socket, parameters) = dialect.socket(path: request.path)
        else { return .response(await respond(to: arrival, from: peer)) }
        return await open(socket, request, parameters, from: peer)
    }

    private func open(
        _ socket: CompiledSocket, _ request: WireRequest, _ parameters: [(name: String, value: String)],
        from peer: Peer
    ) async -> Answer {
        let start = ContinuousClock.now
        let client = proxies.client(of: peer, headers: request.headers)
        var opening = SocketOpening(
            self, socket, caller(request, client), RequestContents(request, parameters: parameters))
        let outcome = await opening.decide(isSafe: client.mayCarrySecrets || !requiresHTTPS)
        let duration = ContinuousClock.now - start
        switch outcome {
        case .granted(let upgrade):
            metrics.record(.nothing, status: 101, refused: nil, took: duration)
            logSocket(socket, status: 101, refused: nil, opening.context.id, duration)
            return .upgrade(upgrade)
        case .refused(let refusal):
            var response = socket.response(refused: refusal, in: opening.context)
            if let flaw = opening.flaw { response = flaw.response(response) }
            Self.harden(&response)
            metrics.record(.nothing, status: response.status, refused: refusal.code, took: duration)
            metrics.sockets.refuse(refusal.code)
            logSocket(socket, status: response.status, refused: refusal.code, opening.context.id, duration)
            return .response(response)
        }
    }

    /// Why a request that fits no route is refused: perhaps it wants to be a socket's.
    func refusal(ofUnrouted request: WireRequest) -> Refusal {
        guard dialect.socket(path: request.path) != nil else { return Refusal(.notFound) }
        guard request.method == "GET" || request.method == "HEAD" else {
            return Refusal(.methodNotAllowed, allow: ["GET"])
        }
        return Refusal(.upgradeRequired)
    }

    /// Whether a route that makes tickets may make one for the socket that is asked for.
    func mayTicket(_ submission: Submission, of route: CompiledRoute) -> Bool {
        guard route.operation == .createTicket else { return true }
        // What is no text at all is the engine's to refuse.
        guard let path = submission[.socket]?.string else { return true }
        return dialect.socket(path: path)?.socket.socket.ticket != nil
    }
}
