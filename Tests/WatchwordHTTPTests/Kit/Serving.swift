import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization
import Testing
import WatchwordCore
import WatchwordDialect

@testable import WatchwordHTTP

/// A clock that stands at 6 November 1994, 08:49:37: the example of RFC 9110.
struct StoppedClock: WallClock {
    func now() -> Timestamp { Timestamp(seconds: 784_111_777) }
}

/// Answers with what it was asked, as text, and remembers nothing.
struct EchoResponder: Responder {
    /// Run before a request to this path is answered.
    var hook: @Sendable (String) async -> Void = { _ in }

    func respond(to arrival: Arrival, from peer: Peer) async -> WireResponse {
        switch arrival {
        case .refused(let refusal):
            return WireResponse(
                status: refusal.code.ownStatus ?? 400, headers: [("Content-Type", "text/plain")],
                body: Array("refused \(refusal.code.rawValue)".utf8))
        case .request(let request):
            await hook(request.path)
            let text =
                "\(request.method) \(request.path) \(request.query ?? "-") [\(String(decoding: request.body, as: UTF8.self))]"
            return WireResponse(status: 200, headers: [("Content-Type", "text/plain")], body: Array(text.utf8))
        }
    }
}

/// Runs a service until `body` returns, then stops it gracefully and waits for its end.
func serving<Result: Sendable>(
    _ service: any Service, port: PortBox, _ body: @escaping @Sendable (Int, ServiceGroup) async throws -> Result
) async throws -> Result {
    let group = ServiceGroup(services: [service], logger: .silent)
    return try await withThrowingTaskGroup(of: Result?.self) { tasks in
        tasks.addTask {
            try await group.run()
            return nil
        }
        tasks.addTask {
            let number = await port.value
            let result = try await body(number, group)
            await group.triggerGracefulShutdown()
            return result
        }
        var result: Result?
        while let next = try await tasks.next() { result = next ?? result }
        return try #require(result)
    }
}

/// A listener with an echo behind it.
func echoing<Result: Sendable>(
    _ limits: ListenerLimits = .patient, tls: ListenerTLS? = nil, responder: any Responder = EchoResponder(),
    clock: any WallClock = StoppedClock(),
    _ body: @escaping @Sendable (Int, ServiceGroup) async throws -> Result
) async throws -> Result {
    let port = PortBox()
    var settings = ListenerSettings()
    settings.limits = limits
    settings.tls = tls
    settings.onReady = { port.set($0) }
    let service = try ListenerService(
        settings: settings, responder: LiveResponder(responder), clock: clock, connections: ConnectionCount(),
        logger: .silent)
    return try await serving(service, port: port, body)
}

/// A port that will be known.
final class PortBox: Sendable {
    private let pair = AsyncStream<Int>.makeStream()

    func set(_ port: Int) { pair.continuation.yield(port) }

    var value: Int {
        get async {
            for await port in pair.stream { return port }
            return 0
        }
    }
}

extension Logger {
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}
