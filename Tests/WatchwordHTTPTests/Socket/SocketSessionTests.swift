import Logging
import ServiceLifecycle
import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordHTTP

@Suite("an open socket of a dialect", .timeLimit(.minutes(15)))
struct SocketSessionTests {
    private static func hello(_ id: String) -> ServerFrame { .text(#"{"type":"hello","user":"\#(id)"}"#) }

    /// The last message before the close, if there is one, and the close itself.
    private static func end(_ client: WireClient) async throws -> (message: ServerFrame?, close: ServerFrame) {
        let first = try #require(try await client.frame())
        if first.opcode == 8 { return (nil, first) }
        return (first, try #require(try await client.frame()))
    }

    @Test("the first message opens it")
    func firstMessage() async throws {
        let speaking = try Speaking(text: Speaking.live)
        let (token, id) = try await speaking.signUp()
        try await speaking.serving { port in
            try await WireClient.connect(port) { client in
                try await client.open("/first")
                #expect(try await client.frame() == .text(#"{"type":"welcome"}"#))
                try await client.say(.text(#"{"type":"auth","token":"\#(token)","more":1}"#))
                #expect(try await client.frame() == Self.hello(id))
            }
        }
    }

    @Test("every first message that proves nothing gets one answer, and the socket is closed")
    func wrongFirst() async throws {
        let speaking = try Speaking(text: Speaking.live)
        let (token, _) = try await speaking.signUp()
        let agent = try await speaking.agent(of: token)
        let revoked = try await speaking.agent(of: token)
        let gone = await speaking.responder().ask(
            "DELETE", "/keys/\(revoked.keyID)", [(name: "authorization", value: "Bearer \(token)")])
        try #require(gone.status == 204)
        let unknown = agent.key.dropLast() + (agent.key.last == "0" ? "1" : "0")
        try await speaking.serving { port in
            for frame in [
                ClientFrame.text(#"{"type":"auth","key":"\#(revoked.key)"}"#),
                .text(#"{"type":"auth","key":"\#(unknown)"}"#), .text(#"{"type":"auth","key":"garbage"}"#),
                .text(#"{"type":"auth","key":7}"#), .text(#"{"type":"auth"}"#), .text("hello"), .text(""),
                .text(#"{"type":"auth","key":"\#(token)"}"#), .text(#"{"type":"ping"}"#),
                ClientFrame(opcode: 2, payload: Array(#"{"type":"auth","key":"\#(agent.key)"}"#.utf8)),
            ] {
                try await WireClient.connect(port) { client in
                    try await client.open("/agent")
                    try await client.say(frame)
                    let end = try await Self.end(client)
                    let said = String(decoding: frame.payload, as: UTF8.self)
                    #expect(end.message == .text(#"{"type":"no"}"#), "\(said)")
                    #expect(end.close.code == 1_008)
                    #expect(end.close.reason == "")
                }
            }
            try await WireClient.connect(port) { client in
                try await client.open("/agent")
                try await client.say(.text(#"{"type":"auth","key":"\#(agent.key)"}"#))
                #expect(try await client.frame() == .text(#"{"type":"hello","agent":"\#(agent.id)"}"#))
            }
        }
    }

    @Test("the dialect's own ping is answered, anything else is not")
    func ping() async throws {
        let speaking = try Speaking(text: Speaking.live)
        let (token, id) = try await speaking.signUp()
        try await speaking.serving { port in
            try await WireClient.connect(port) { client in
                try await client.open("/first")
                _ = try await client.frame()
                try await client.say(.text(#"{"type":"auth","token":"\#(token)"}"#))
                #expect(try await client.frame() == Self.hello(id))
                try await client.say(.text("nonsense"))
                try await client.say(ClientFrame(opcode: 2, payload: [1, 2, 3]))
                try await client.say(.text(#"{"type":"ping"}"#))
                try await client.say(.text("ping"))
                #expect(try await client.frame() == .text("pong"))
            }
        }
    }

    @Test("more messages than a socket may send close it")
    func flood() async throws {
        let speaking = try Speaking(text: Speaking.live)
        let (token, _) = try await speaking.signUp()
        var limits = SocketLimits.patient
        limits.messagesPerSecond = 2
        // The clock stands, so that twenty are all there are.
        try await speaking.serving(limits: limits) { port in
            try await WireClient.connect(port) { client in
                try await client.open("/first")
                _ = try await client.frame()
                try await client.say(.text(#"{"type":"auth","token":"\#(token)"}"#))
                _ = try await client.frame()
                for _ in 0..<20 { try await client.say(.text("ping")) }
                for _ in 0..<20 { #expect(try await client.frame() == .text("pong")) }
                try await client.say(.text("ping"))
                let end = try await Self.end(client)
                #expect(end.message == nil)
                #expect(end.close.code == 1_008)
            }
        }
        #expect(speaking.metrics.text().contains(#"cause="violation"} 1"#))
    }

    @Test("in band it goes on with a new token of the same account, and with nobody else's")
    func again() async throws {
        let speaking = try Speaking(text: Speaking.live)
        let (token, id) = try await speaking.signUp()
        let (other, _) = try await speaking.signUp("ben@example.com")
        let second = try await speaking.signIn()
        try await speaking.serving { port in
            for (next, isGood) in [(second, true), (other, false), ("garbage", false)] {
                try await WireClient.connect(port) { client in
                    try await client.open("/first")
                    _ = try await client.frame()
                    try await client.say(.text(#"{"type":"auth","token":"\#(token)"}"#))
                    #expect(try await client.frame() == Self.hello(id))
                    try await client.say(.text(#"{"type":"again","token":"\#(next)"}"#))
                    try await client.say(.text("ping"))
                    if isGood {
                        #expect(try await client.frame() == .text("pong"))
                    } else {
                        let end = try await Self.end(client)
                        #expect(end.message == .text(#"{"type":"no"}"#))
                        #expect(end.close.code == 4_401)
                    }
                }
            }
        }
    }

    @Test("an end of ours is told in the dialect's words")
    func farewell() async throws {
        let speaking = try Speaking(text: Speaking.live)
        let (token, _) = try await speaking.signUp()
        let registry = speaking.realm.memory.connections
        try await speaking.serving { port in
            try await WireClient.connect(port) { client in
                try await client.open("/lasting?token=\(token)")
                #expect(try await client.frame() == .text(#"{"type":"hello"}"#))
                let record = try #require(registry.records().first)
                #expect(record.route == "/lasting")
                let bearer = [(name: "authorization", value: "Bearer \(token)")]
                #expect(await speaking.responder().ask("POST", "/logout", bearer).status == 204)
                try await speaking.realm.engine().tendConnections()
                let end = try await Self.end(client)
                #expect(end.message == .text(#"{"type":"bye"}"#))
                #expect(end.close.code == 4_444)
                #expect(end.close.reason == "The session has ended")
            }
        }
        #expect(registry.records().isEmpty)
    }

    @Test("the end of the token closes it, except where the dialect says otherwise")
    func expiry() async throws {
        let speaking = try Speaking(text: Speaking.live)
        let (token, _) = try await speaking.signUp()
        speaking.realm.clock.advance(by: .seconds(3_599))
        try await speaking.serving { port in
            try await WireClient.connect(port) { lasting in
                try await lasting.open("/lasting?token=\(token)")
                _ = try await lasting.frame()
                try await WireClient.connect(port) { client in
                    try await client.open("/live?token=\(token)")
                    _ = try await client.frame()
                    speaking.realm.clock.advance(by: .seconds(1))
                    let end = try await Self.end(client)
                    #expect(end.close.code == 4_002)
                }
                while speaking.realm.memory.connections.count > 1 { try await Task.sleep(for: .milliseconds(2)) }
                try await lasting.say(ClientFrame(opcode: 9, payload: Array("still".utf8)))
                #expect(try await lasting.frame() == .pong("still"))
            }
        }
    }

    @Test("whatever happens, no log line and no refusal holds a token, a ticket or a key")
    func redaction() async throws {
        let speaking = try Speaking(text: Speaking.live)
        let (token, _) = try await speaking.signUp()
        let agent = try await speaking.agent(of: token)
        let ticket = try await speaking.ticket(for: "/live", token)
        let answers = try await speaking.serving(level: .trace) { port in
            var answers: [String] = []
            for path in [
                "/live?token=\(token)", "/live?token=\(token)x", "/live?ticket=\(ticket)", "/live?ticket=\(ticket)",
                "/agents/\(agent.id)/watch?token=\(token)", "/agents/none/watch?token=\(token)",
                "/nowhere?token=\(token)", "/live?token=\(token)&token=\(token)",
            ] {
                answers.append(try await WireClient.connect(port) { try await $0.open(path) })
                // A plain request, and one whose origin is refused.
                answers.append(
                    try await WireClient.ask(port, "GET \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                answers.append(
                    try await WireClient.connect(port) { try await $0.open(path, "Origin: https://evil.example\r\n") })
            }
            for message in [#"{"type":"auth","key":"\#(agent.key)"}"#, #"{"type":"auth","key":"\#(agent.key)x"}"#] {
                try await WireClient.connect(port) { client in
                    try await client.open("/agent")
                    try await client.say(.text(message))
                    let frame = try await client.frame()
                    answers.append(String(decoding: frame?.payload ?? [], as: UTF8.self))
                }
            }
            return answers
        }
        let lines = speaking.lines.all
        #expect(lines.contains { $0.contains("socket opened") })
        #expect(lines.contains { $0.contains("route=/live") && $0.contains("status=401") })
        for text in lines + answers {
            #expect(!text.contains(token) && !text.contains(ticket) && !text.contains(agent.key), "\(text)")
        }
    }

    @Test("a stopping server tells each client so, and does not wait for those that do not listen")
    func stopping() async throws {
        let speaking = try Speaking(text: Speaking.live)
        let (token, _) = try await speaking.signUp()
        try await echoing(responder: speaking.responder()) { port, group in
            try await WireClient.connect(port) { waiting in
                try await waiting.open("/first")
                try await WireClient.connect(port) { client in
                    try await client.open("/live?token=\(token)")
                    _ = try await client.frame()
                    await group.triggerGracefulShutdown()
                    #expect(try await Self.end(client).close.code == 1_012)
                }
            }
        }
        #expect(speaking.realm.memory.connections.records().isEmpty)
    }
}
