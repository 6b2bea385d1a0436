import WatchwordCore
import WatchwordDialect

@testable import WatchwordHTTP

/// Upgrades whatever asks properly, and serves it as a test says.
struct SocketResponder: Responder {
    var settings = SocketSettings.patient
    var subprotocol: String?
    /// By default every message comes back.
    var serve: SocketUpgrade.Serve = { connection in
        while let message = await connection.next() { _ = await connection.send(message) }
    }
    /// Run before the answer.
    var prepare: @Sendable (SocketLink) async -> Void = { _ in }

    func respond(to arrival: Arrival, from peer: Peer) async -> WireResponse {
        await EchoResponder().respond(to: arrival, from: peer)
    }

    func answer(_ arrival: Arrival, from peer: Peer) async -> Answer {
        let response = await respond(to: arrival, from: peer)
        guard case .request(let request) = arrival, request.path != "/plain" else { return .response(response) }
        switch SocketHandshake.read(request) {
        case .flawed(let flaw): return .response(flaw.response(response))
        case .asked(let handshake):
            let upgrade = SocketUpgrade(handshake, subprotocol: subprotocol, settings: settings) { [serve] _ in serve }
            await prepare(upgrade.link)
            return .upgrade(upgrade)
        }
    }
}
