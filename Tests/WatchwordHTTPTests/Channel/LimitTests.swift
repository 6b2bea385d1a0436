import ServiceLifecycle
import Testing
import WatchwordCore
import WatchwordDialect

@testable import WatchwordHTTP

@Suite("a connection's limits", .timeLimit(.minutes(15)))
struct LimitTests {
    private static let small: ListenerLimits = {
        var limits = ListenerLimits.patient
        limits.headerBytes = 1_024
        limits.headerFields = 10
        limits.targetBytes = 100
        limits.bodyBytes = 100
        return limits
    }()

    private func answer(_ request: String, _ limits: ListenerLimits = small) async throws -> String {
        try await echoing(limits) { port, _ in try await WireClient.ask(port, request) }
    }

    private func expect(_ answer: String, _ status: Int, _ refusal: String) {
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
        #expect(answer.contains("Connection: close\r\n"))
        #expect(answer.hasSuffix("refused \(refusal)"), "\(answer)")
    }

    @Test("header fields that are too long together are refused")
    func headerBytes() async throws {
        let fields = (0..<8).map { "X-\($0): \(String(repeating: "a", count: 200))\r\n" }.joined()
        expect(try await answer("GET / HTTP/1.1\r\nHost: x\r\n\(fields)\r\n"), 431, "headers_too_large")
    }

    @Test("one header field that never ends is refused before it does")
    func endlessField() async throws {
        expect(
            try await answer("GET / HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "a", count: 5_000))"), 431,
            "headers_too_large")
    }

    @Test("too many header fields are refused")
    func headerFields() async throws {
        let fields = (0..<10).map { "X-\($0): a\r\n" }.joined()
        expect(try await answer("GET / HTTP/1.1\r\nHost: x\r\n\(fields)\r\n"), 431, "headers_too_large")
    }

    @Test("a request target that is too long is refused")
    func target() async throws {
        let path = String(repeating: "a", count: 100)
        expect(try await answer("GET /\(path) HTTP/1.1\r\nHost: x\r\n\r\n"), 431, "headers_too_large")
        expect(
            try await answer("GET /\(String(repeating: "a", count: 5_000)) HTTP/1.1\r\nHost: x\r\n\r\n"), 431,
            "headers_too_large")
    }

    @Test("a body announced as too large is refused before it is sent")
    func announcedBody() async throws {
        for length in ["101", "9999999999999999999"] {
            expect(
                try await answer("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \(length)\r\n\r\n"), 413, "too_large")
        }
        // More than the parser can count.
        let uncountable = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999999\r\n\r\n"
        expect(try await answer(uncountable), 400, "bad_request")
        // And nobody is told to go on with it.
        let waiting = try await answer(
            "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 101\r\n\r\n")
        expect(waiting, 413, "too_large")
        #expect(!waiting.contains("100 Continue"))
    }

    @Test("a chunked body is refused where it passes the limit")
    func chunkedBody() async throws {
        let chunk = "32\r\n\(String(repeating: "a", count: 50))\r\n"
        let head = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        #expect(try await answer(head + chunk + chunk + "0\r\n\r\n").hasPrefix("HTTP/1.1 200"))
        expect(try await answer(head + chunk + chunk + "1\r\na\r\n0\r\n\r\n"), 413, "too_large")
        expect(try await answer(head + "ffffffffffff\r\n" + String(repeating: "a", count: 300)), 413, "too_large")
    }

    @Test("a client in the middle of a large body still reads why it was refused")
    func refusedWhileSending() async throws {
        let text = try await echoing(Self.small) { port, _ in
            try await WireClient.connect(port) { client in
                try await client.say("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
                for _ in 0..<20 {
                    try? await client.say("ff\r\n\(String(repeating: "a", count: 255))\r\n")
                }
                return try await client.rest()
            }
        }
        expect(text, 413, "too_large")
    }

    @Test("connections beyond the limit are told that the server is busy")
    func connections() async throws {
        var limits = ListenerLimits.patient
        limits.connections = 1
        try await echoing(limits) { port, _ in
            try await WireClient.connect(port) { first in
                try await first.say("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n")
                _ = try await first.response()
                let second = try await WireClient.ask(port, "GET /2 HTTP/1.1\r\nHost: x\r\n\r\n")
                expect(second, 503, "busy")
                try await first.say("GET /3 HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(try await first.response().hasSuffix("GET /3 - []"))
            }
            // The place is free again once its connection is gone; how soon is the kernel's to say.
            var answer = ""
            while !answer.hasPrefix("HTTP/1.1 200") {
                answer = try await WireClient.ask(port, "GET /4 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            }
        }
    }
}

@Suite("a slow client", .timeLimit(.minutes(15)))
struct SlowClientTests {
    private func limits(_ change: (inout ListenerLimits) -> Void) -> ListenerLimits {
        var limits = ListenerLimits.patient
        change(&limits)
        return limits
    }

    @Test("a header that does not end is refused in time")
    func header() async throws {
        try await echoing(limits { $0.headerTime = .milliseconds(50) }) { port, _ in
            // On a busy machine the time may be up before the first byte is here, and then nothing is said.
            var answer = ""
            while answer.isEmpty {
                answer = try await WireClient.ask(port, "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
            }
            #expect(answer.hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
            #expect(answer.hasSuffix("refused request_timeout"))
        }
    }

    @Test("bytes that trickle in do not buy a header more time")
    func trickle() async throws {
        try await echoing(limits { $0.headerTime = .milliseconds(100) }) { port, _ in
            try await WireClient.connect(port) { client in
                try await client.say("GET / HTTP/1.1\r\nHost: x\r\n")
                // Far more bytes than the time allows, sent until the server has had enough.
                for index in 0..<10_000 {
                    do { try await client.say("X-\(index % 90): a\r\n") } catch { break }
                    try await Task.sleep(for: .milliseconds(5))
                    if index == 60 { break }
                }
                let answer = try await client.rest()
                #expect(answer.contains("408 Request Timeout") || answer.isEmpty)
            }
        }
    }

    @Test("a body that does not end is refused in time")
    func body() async throws {
        try await echoing(limits { $0.bodyTime = .milliseconds(50) }) { port, _ in
            let answer = try await WireClient.ask(port, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab")
            #expect(answer.hasPrefix("HTTP/1.1 408 "))
        }
    }

    @Test("a connection that says nothing is closed without a word")
    func silence() async throws {
        try await echoing(limits { $0.headerTime = .milliseconds(50) }) { port, _ in
            let answer = try await WireClient.ask(port, "")
            #expect(answer == "")
        }
    }

    @Test("a connection idle between requests is closed without a word")
    func idle() async throws {
        try await echoing(limits { $0.idleTime = .milliseconds(50) }) { port, _ in
            let answer = try await WireClient.ask(port, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(count("HTTP/1.1", in: answer) == 1)
            #expect(answer.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test("a refused client that never closes is let go")
    func linger() async throws {
        try await echoing(
            limits {
                $0.lingerTime = .milliseconds(50); $0.bodyBytes = 1
            }
        ) { port, group in
            try await WireClient.connect(port) { client in
                try await client.say("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n")
                #expect(try await client.response().hasPrefix("HTTP/1.1 413"))
                // Stopping waits for every connection: the test ends only if this one is closed.
                await group.triggerGracefulShutdown()
            }
        }
    }

    @Test("a client that does not read its answers is let go")
    func reading() async throws {
        let responder = LargeResponder()
        try await echoing(limits { $0.writeTime = .milliseconds(50) }, responder: responder) { port, group in
            try await WireClient.connect(port, receiveBuffer: 65_536) { client in
                try await client.say("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                try await Task.sleep(for: .milliseconds(300))
                await #expect(throws: WireClient.Gone.self) { _ = try await client.response() }
            }
        }
    }

    /// More than any socket buffers hold.
    private struct LargeResponder: Responder {
        func respond(to arrival: Arrival, from peer: Peer) async -> WireResponse {
            WireResponse(status: 200, body: [UInt8](repeating: 0x61, count: 64 * 1_024 * 1_024))
        }
    }
}
