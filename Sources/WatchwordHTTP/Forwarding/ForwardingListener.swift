import Logging
import ServiceLifecycle
import WatchwordCore
import WatchwordDialect

/// Hands whole requests to a closure and sends what it gives back as it is: the listening side of a proxy that records.
public struct ForwardingListener: Sendable {
    private let settings: ListenerSettings
    private let clock: any WallClock
    private let logger: Logger
    private let answer: @Sendable (WireRequest) async -> WireResponse

    /// `answer` must give a response to every request; framing fields of it are written anew.
    public init(
        settings: ListenerSettings, clock: any WallClock, logger: Logger,
        answer: @escaping @Sendable (WireRequest) async -> WireResponse
    ) {
        self.settings = settings
        self.clock = clock
        self.logger = logger
        self.answer = answer
    }

    /// Serves until told to stop. Throws `ListenError` if the address cannot be used.
    public func service() throws -> any Service {
        try ListenerService(
            settings: settings, responder: LiveResponder(ForwardingResponder(answer: answer)), clock: clock,
            connections: ConnectionCount(), logger: logger)
    }
}

private struct ForwardingResponder: Responder {
    let answer: @Sendable (WireRequest) async -> WireResponse

    func respond(to arrival: Arrival, from peer: Peer) async -> WireResponse {
        switch arrival {
        case .request(let request): await answer(request)
        case .refused(let refusal): WireResponse(status: refusal.code.ownStatus ?? 400)
        }
    }
}
