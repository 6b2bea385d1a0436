import Logging
import ServiceLifecycle
import Synchronization
import WatchwordCore
import WatchwordDialect
import WatchwordHTTP

/// A proxy between clients and an existing server that writes down what passes, secrets masked.
public final class Recorder: Sendable {
    private let upstream: CurlClient
    private let recording: Mutex<Recording>
    private let write: @Sendable (ExchangeFile) throws -> Void
    private let told: @Sendable (String) -> Void

    /// - Parameters:
    ///   - write: keeps the file as it is after each exchange; called by one exchange at a time.
    ///   - told: a line a request for the person who watches.
    public init(
        upstream: CurlClient, comments: [String], write: @escaping @Sendable (ExchangeFile) throws -> Void,
        told: @escaping @Sendable (String) -> Void
    ) {
        self.upstream = upstream
        recording = Mutex(Recording(comments: comments))
        self.write = write
        self.told = told
    }

    /// A service that listens until told to stop; `onReady` is told the port. Running it throws a description of why
    /// the address cannot be used.
    public func service(
        host: String, port: Int, clock: any WallClock, logger: Logger, onReady: @escaping @Sendable (Int) async -> Void
    ) throws -> any Service {
        var settings = ListenerSettings(host: host, port: port)
        settings.onReady = onReady
        return try ForwardingListener(settings: settings, clock: clock, logger: logger) { await self.forward($0) }
            .service()
    }

    /// Fields that belong to one connection (RFC 9110 section 7.6.1), which the next connection has its own of.
    private static let hopFields: Set<String> = [
        "connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
        "content-length",
        "host", "expect", "accept-encoding",
    ]

    func forward(_ request: WireRequest) async -> WireResponse {
        var passed = request
        passed.headers.removeAll { Self.hopFields.contains($0.name) }
        do {
            var response = try await upstream.send(passed)
            try recording.withLock { recording in
                recording.add(request, response)
                try write(recording.file)
            }
            told("\(request.method) \(request.path) -> \(response.status)")
            response.headers.removeAll {
                Self.hopFields.contains($0.name.lowercased()) || $0.name.lowercased() == "date"
            }
            return response
        } catch {
            told("\(request.method) \(request.path) -> \(error)")
            return WireResponse(
                status: 502, headers: [("Content-Type", "text/plain")],
                body: Array("the recorded server cannot be reached\n".utf8))
        }
    }
}
