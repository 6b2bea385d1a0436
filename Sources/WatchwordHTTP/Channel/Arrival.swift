import WatchwordCore
import WatchwordDialect

/// What a connection hands to its responder: a whole request, or the reason why it can not become one.
enum Arrival: Sendable, Equatable {
    case request(WireRequest)
    case refused(Refusal)
}

/// Answers what arrives on one listener. It never throws: every fault has an answer.
protocol Responder: Sendable {
    func respond(to arrival: Arrival, from peer: Peer) async -> WireResponse
    /// The same where the answer may be to become a WebSocket. By default it never is.
    func answer(_ arrival: Arrival, from peer: Peer) async -> Answer
}

extension Responder {
    func answer(_ arrival: Arrival, from peer: Peer) async -> Answer {
        .response(await respond(to: arrival, from: peer))
    }
}
