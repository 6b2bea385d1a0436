import NIOCore
import NIOHTTP1
import Testing
import WatchwordCore
import WatchwordDialect

@testable import WatchwordHTTP

@Suite("what a connection does next")
struct ExchangeStateTests {
    private func head(
        _ method: HTTPMethod = .GET, _ path: String = "/", _ fields: [(String, String)] = []
    ) -> HTTPServerRequestPart {
        .head(
            HTTPRequestHead(
                version: .http1_1, method: method, uri: path, headers: HTTPHeaders([("host", "x")] + fields)))
    }

    private func answers(_ action: ExchangeState.Action) -> String? {
        guard case .answer(let arrival) = action else { return nil }
        switch arrival {
        case .request(let request): return request.path
        case .refused(let refusal): return refusal.code.rawValue
        }
    }

    @Test("a request is handed over when it is whole, and its clocks run one after the other")
    func clocks() {
        var state = ExchangeState(ListenerLimits())
        #expect(state.wait == .header)
        state.bytesCame()
        #expect(state.wait == .header)
        #expect(state.received(head(.POST, "/a", [("content-length", "2")])) == .nothing)
        #expect(state.wait == .body)
        #expect(state.received(.body(ByteBuffer(string: "hi"))) == .nothing)
        #expect(answers(state.received(.end(nil))) == "/a")
        #expect(state.wait == nil)
        #expect(!state.wantsBytes)
        state.answered()
        #expect(state.wait == .write)
        #expect(!state.wantsBytes)
        #expect(state.written() == .nothing)
        #expect(state.wait == .idle)
        #expect(state.wantsBytes)
        state.bytesCame()
        #expect(state.wait == .header)
    }

    @Test("what is sent ahead waits for its turn")
    func ahead() {
        var state = ExchangeState(ListenerLimits())
        for path in ["/1", "/2"] {
            let first = state.received(head(.GET, path))
            #expect(first == .nothing)
            let whole = state.received(.end(nil))
            #expect(answers(whole) == (path == "/1" ? "/1" : nil))
        }
        state.answered()
        #expect(answers(state.written()) == "/2")
        state.answered()
        #expect(state.written() == .nothing)
    }

    @Test("told to stop, it closes at once if idle, else after the request in hand")
    func quiescing() {
        var fresh = ExchangeState(ListenerLimits())
        #expect(fresh.quiesce() == .close)

        var busy = ExchangeState(ListenerLimits())
        _ = busy.received(head())
        _ = busy.received(.end(nil))
        #expect(busy.quiesce() == .nothing)
        #expect(!busy.response.keepsAlive)
        busy.answered()
        #expect(busy.written() == .close)

        var begun = ExchangeState(ListenerLimits())
        begun.bytesCame()
        #expect(begun.quiesce() == .nothing)
        _ = begun.received(head())
        #expect(!begun.response.keepsAlive)
    }

    @Test("time runs out with a word if something was begun, without one if not")
    func timeouts() {
        var fresh = ExchangeState(ListenerLimits())
        #expect(fresh.timedOut() == .close)
        var begun = ExchangeState(ListenerLimits())
        begun.bytesCame()
        #expect(answers(begun.timedOut()) == "request_timeout")
        var engine = ExchangeState(ListenerLimits())
        _ = engine.received(head())
        _ = engine.received(.end(nil))
        #expect(engine.timedOut() == .nothing)
        engine.answered()
        #expect(engine.timedOut() == .close)
    }

    @Test("a refusal in the middle of a request ends the connection without a reset")
    func refusal() {
        var limits = ListenerLimits()
        limits.bodyBytes = 1
        var state = ExchangeState(limits)
        #expect(answers(state.received(head(.POST, "/", [("content-length", "2")]))) == "too_large")
        #expect(!state.response.keepsAlive)
        #expect(state.received(.body(ByteBuffer(string: "ab"))) == .nothing)
        state.answered()
        #expect(state.written() == .linger)
        #expect(state.wait == .linger)
        #expect(state.received(.end(nil)) == .nothing)
    }

    @Test("a client that has closed its side is answered, and then so is ours closed")
    func halfClosed() {
        var state = ExchangeState(ListenerLimits())
        _ = state.received(head())
        _ = state.received(.end(nil))
        #expect(state.inputClosed() == .nothing)
        state.answered()
        #expect(state.written() == .close)

        var idle = ExchangeState(ListenerLimits())
        #expect(idle.inputClosed() == .close)
    }

    @Test("a connection for which there is no room is told so at its first request")
    func unwelcome() {
        var state = ExchangeState(ListenerLimits(), isWelcome: false)
        #expect(state.received(head()) == .answer(.refused(Refusal(.busy, retryAfter: 1))))
    }
}

@Suite("the Date field")
struct HTTPDateTests {
    @Test(
        "is written as RFC 9110 prints it",
        arguments: [
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"),
        ] as [(Int64, String)])
    func format(_ seconds: Int64, _ expected: String) {
        #expect(HTTPDate.format(Timestamp(seconds: seconds)) == expected)
    }

    @Test("follows the clock")
    func follows() {
        var date = HTTPDate()
        #expect(date.text(Timestamp(seconds: 0)) == "Thu, 01 Jan 1970 00:00:00 GMT")
        #expect(date.text(Timestamp(microseconds: 999_999)) == "Thu, 01 Jan 1970 00:00:00 GMT")
        #expect(date.text(Timestamp(seconds: 1)) == "Thu, 01 Jan 1970 00:00:01 GMT")
    }
}
