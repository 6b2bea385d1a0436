import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordHTTP

@Suite("sockets of several dialects", .timeLimit(.minutes(15)))
struct SocketDialectsTests {
    private static let other = Speaking.live.replacing("{type: welcome}", with: "{type: other}")
        .replacing("pong: pong", with: "pong: later")

    private static func welcome(_ port: Int, host: String) async throws -> ServerFrame? {
        try await WireClient.connect(port) { client in
            try await client.say(WireClient.opening("/first").replacing("Host: x", with: "Host: \(host)"))
            let head = try await client.response()
            try #require(head.hasPrefix("HTTP/1.1 101 "), "\(head)")
            return try await client.frame()
        }
    }

    @Test("the Host chooses the dialect of a socket too")
    func hosts() async throws {
        let speaking = try Speaking(text: Speaking.live)
        let second = try Speaking(text: Self.other, beside: speaking)
        let responder = RealmResponder(
            dialects: [(["one.example"], speaking.responder()), (["two.example"], second.responder())],
            forwardAuth: nil)
        try await echoing(responder: responder) { port, _ in
            #expect(try await Self.welcome(port, host: "one.example") == .text(#"{"type":"welcome"}"#))
            #expect(try await Self.welcome(port, host: "TWO.example:80") == .text(#"{"type":"other"}"#))
            let nowhere = try await WireClient.connect(port) { client in
                try await client.open("/first")
            }
            #expect(nowhere.hasPrefix("HTTP/1.1 404 "))
        }
    }

    @Test("two dialects on the same hosts are told apart by the path of the socket")
    func paths() async throws {
        let speaking = try Speaking(text: Speaking.browser)
        let second = try Speaking(text: Self.other, beside: speaking)
        let responder = RealmResponder(
            dialects: [([], speaking.responder()), ([], second.responder())], forwardAuth: nil)
        try await echoing(responder: responder) { port, _ in
            #expect(try await Self.welcome(port, host: "x") == .text(#"{"type":"other"}"#))
            let plain = try await WireClient.ask(port, "GET /first HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(plain.hasPrefix("HTTP/1.1 426 "))
        }
    }

    @Test("a socket that is open keeps its dialect when that is read again, new ones meet the new one")
    func reload() async throws {
        let speaking = try Speaking(text: Speaking.live)
        let second = try Speaking(text: Self.other, beside: speaking)
        let (token, _) = try await speaking.signUp()
        let box = PortBox()
        var settings = ListenerSettings()
        settings.onReady = { box.set($0) }
        let listener = try Listener(
            [Mount(engine: speaking.realm.engine(), dialect: speaking.dialect)], settings: settings,
            metrics: speaking.metrics, logger: .silent)
        try await serving(try listener.service(), port: box) { port, _ in
            try await WireClient.connect(port) { client in
                try await client.open("/first")
                #expect(try await client.frame() == .text(#"{"type":"welcome"}"#))
                try await client.say(.text(#"{"type":"auth","token":"\#(token)"}"#))
                _ = try await client.frame()
                listener.replace(
                    [Mount(engine: second.realm.engine(), dialect: second.dialect)], forwardAuth: nil)
                #expect(try await Self.welcome(port, host: "x") == .text(#"{"type":"other"}"#))
                try await client.say(.text("ping"))
                #expect(try await client.frame() == .text("pong"))
            }
        }
    }
}
