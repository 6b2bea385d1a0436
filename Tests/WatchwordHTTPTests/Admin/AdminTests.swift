import Logging
import Synchronization
import Testing
import WatchwordCore

@testable import WatchwordHTTP

@Suite("the operator's door", .timeLimit(.minutes(15)))
struct AdminTests {
    private func serving(
        _ readiness: Readiness, _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        let port = PortBox()
        var settings = ListenerSettings()
        settings.onReady = { port.set($0) }
        let admin = AdminListener(
            settings: settings, metrics: Metrics(startedAt: Timestamp(seconds: 7)), readiness: readiness,
            clock: StoppedClock(), logger: .silent)
        _ = try await WatchwordHTTPTests.serving(try admin.service(), port: port) { port, _ in
            try await body(port)
            return true
        }
    }

    private static func get(_ port: Int, _ path: String, method: String = "GET") async throws -> String {
        try await WireClient.ask(port, "\(method) \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    }

    @Test("says that the process is up, whatever the store says")
    func health() async throws {
        try await serving(Readiness { false }) { port in
            let answer = try await Self.get(port, "/healthz")
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(answer.hasSuffix("\r\n\r\nok\n"))
        }
    }

    @Test("says ready only between start and drain, and only while the store answers")
    func readiness() async throws {
        let storeAnswers = Flag()
        let readiness = Readiness { storeAnswers.value.load(ordering: .relaxed) }
        try await serving(readiness) { port in
            #expect(try await Self.get(port, "/readyz").hasSuffix("starting\n"))
            readiness.set(.ready)
            let ready = try await Self.get(port, "/readyz")
            #expect(ready.hasPrefix("HTTP/1.1 200 "))
            storeAnswers.value.store(false, ordering: .relaxed)
            let down = try await Self.get(port, "/readyz")
            #expect(down.hasPrefix("HTTP/1.1 503 "))
            #expect(down.hasSuffix("store does not answer\n"))
            storeAnswers.value.store(true, ordering: .relaxed)
            readiness.set(.draining)
            let draining = try await Self.get(port, "/readyz")
            #expect(draining.hasPrefix("HTTP/1.1 503 "))
            #expect(draining.hasSuffix("draining\n"))
        }
    }

    private final class Flag: Sendable {
        let value = Atomic<Bool>(true)
    }

    @Test("shows metrics, and nothing else")
    func metrics() async throws {
        try await serving(Readiness { true }) { port in
            let page = try await Self.get(port, "/metrics")
            #expect(page.contains("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n"))
            #expect(page.contains("\nprocess_start_time_seconds 7\n"))
            #expect(try await Self.get(port, "/metrics", method: "HEAD").hasSuffix("\r\n\r\n"))
            #expect(try await Self.get(port, "/").hasPrefix("HTTP/1.1 404 "))
            let post = try await Self.get(port, "/metrics", method: "POST")
            #expect(post.hasPrefix("HTTP/1.1 405 "))
            #expect(post.contains("Allow: GET, HEAD\r\n"))
        }
    }
}
