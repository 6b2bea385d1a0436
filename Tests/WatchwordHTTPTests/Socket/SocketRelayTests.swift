import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordRelay
import WatchwordTestKit

@testable import WatchwordHTTP

@Suite("a person's socket and an agent's", .timeLimit(.minutes(15)))
struct SocketRelayTests {
    /// An agent whose program is connected, and who owns it.
    private struct Scene {
        let speaking: Speaking
        let token: String
        let agent: (id: String, keyID: String, key: String)
        let port: Int
        let program: WireClient

        var path: String { "/agents/\(agent.id)/terminal?token=\(token)" }

        /// The next frame that the server sends the agent.
        func next() async throws -> RelayFrame {
            let frame = try #require(try await program.frame())
            try #require(frame.opcode == 2, "\(frame)")
            return try #require(RelayFrame(frame.payload))
        }

        func say(_ frame: RelayFrame) async throws {
            try await program.say(ClientFrame(opcode: 2, payload: frame.bytes))
        }

        /// A window of input, and so much more that has to wait for the agent's credit.
        func type(_ more: Int, to person: WireClient, _ number: UInt32) async throws {
            var left = RelayFrame.initialCredit + more
            while left > 0 {
                let count = min(left, RelayFrame.largestData)
                try await person.say(ClientFrame(opcode: 2, payload: [UInt8](repeating: 0x61, count: count)))
                left -= count
            }
            var heard = 0
            while heard < RelayFrame.initialCredit {
                if case .data(let bytes) = try await next().content { heard += bytes.count }
            }
        }

        /// The last of the audit that says how a terminal ended.
        var lastEnd: String? { speaking.realm.audit.events.last { $0.kind == .terminalClose }?.detail }

        /// Waits until the server knows of so many sockets.
        func settle(_ count: Int) async throws {
            while speaking.realm.memory.connections.records().count != count {
                try await Task.sleep(for: .milliseconds(2))
            }
        }
    }

    private func withAgent(
        terminal: Bool = true, subprotocol: String = RelayFrame.subprotocol, limits: SocketLimits = .patient,
        _ body: @escaping @Sendable (Scene) async throws -> Void
    ) async throws {
        let speaking = try Speaking(text: Speaking.live)
        let (token, _) = try await speaking.signUp()
        let agent = try await speaking.agent(of: token)
        try await speaking.serving(limits: limits) { port in
            try await WireClient.connect(port) { program in
                let head = try await program.open(
                    "/agents/\(agent.id)/ws",
                    "X-API-Key: \(agent.key)\r\nSec-WebSocket-Protocol: \(subprotocol)\r\nUser-Agent: before\r\n")
                try #require(head.hasPrefix("HTTP/1.1 101 "), "\(head)")
                let scene = Scene(speaking: speaking, token: token, agent: agent, port: port, program: program)
                let hello = AgentHello(version: "7.1", name: "web-1", platform: "linux", terminal: terminal)
                if subprotocol == RelayFrame.subprotocol { try await scene.say(RelayFrame(0, .hello(hello.text))) }
                while speaking.realm.memory.connections.records().first?.client != "7.1",
                    subprotocol == RelayFrame.subprotocol
                {
                    try await Task.sleep(for: .milliseconds(2))
                }
                try await body(scene)
            }
        }
    }

    @Test("a terminal is opened in the size that was asked for, bytes go both ways, and its end is told")
    func plain() async throws {
        try await withAgent { scene in
            try await WireClient.connect(scene.port) { person in
                try await person.open(scene.path + "&cols=120&rows=40")
                let open = try await scene.next()
                #expect(
                    open.content == .open(TerminalSize(columns: 120, rows: 40), who: "ada@example.com"))
                try await scene.say(RelayFrame(open.terminal, .opened))
                try await scene.say(RelayFrame(open.terminal, .data([0x24, 0xFF])))
                #expect(try await person.frame() == .binary([0x24, 0xFF]))
                try await person.say(.text("ls\r"))
                #expect(try await scene.next() == RelayFrame(open.terminal, .data(Array("ls\r".utf8))))
                #expect(scene.speaking.metrics.text().contains(#"watchword_terminals{realm="authspec"} 1"#))
                try await scene.say(RelayFrame(open.terminal, .exit(3)))
                let close = try #require(try await person.frame())
                #expect(close.code == 1_000)
                #expect(close.reason == "exit 3")
            }
            try await scene.settle(1)
            let kinds = scene.speaking.realm.audit.events.map(\.kind)
            #expect(kinds.contains(.terminalOpen))
            let end = try #require(scene.speaking.realm.audit.events.last { $0.kind == .terminalClose })
            #expect(end.detail.contains("agent \(scene.agent.id)"))
            #expect(end.detail.hasSuffix("exit 3"))
            #expect(scene.speaking.metrics.text().contains(#"watchword_terminals{realm="authspec"} 0"#))
        }
    }

    @Test("with the subprotocol, control messages are told apart, and a new token is taken in band")
    func controlled() async throws {
        try await withAgent { scene in
            let second = try await scene.speaking.signIn()
            try await WireClient.connect(scene.port) { person in
                try await person.open(scene.path, "Sec-WebSocket-Protocol: \(TerminalControl.subprotocol)\r\n")
                let open = try await scene.next()
                #expect(open.content == .open(.usual, who: "ada@example.com"))
                try await scene.say(RelayFrame(open.terminal, .opened))
                #expect(try await person.frame() == .text(TerminalControl.opened.text))
                try await person.say(.text(TerminalControl.authenticate(token: Secret(second)).text))
                try await person.say(.text(#"{"type":"resize","cols":100,"rows":30}"#))
                let resize = RelayFrame(open.terminal, .resize(TerminalSize(columns: 100, rows: 30)))
                #expect(try await scene.next() == resize)
                try await person.say(.text(TerminalControl.authenticate(token: Secret("garbage")).text))
                #expect(try await person.frame()?.code == 1_008)
            }
            #expect(try await scene.next().content == .close("left"))
        }
    }

    @Test("who is not there to be reached is told of at once, and so is its going away")
    func offline() async throws {
        try await withAgent { scene in
            try await WireClient.connect(scene.port) { person in
                try await person.open(scene.path)
                _ = try await scene.next()
                try await scene.program.say(.close(1_000))
                let close = try #require(try await person.frame())
                #expect(close.code == ConnectionEnd.agentOffline.closeCode)
            }
            try await WireClient.connect(scene.port) { person in
                try await person.open(scene.path)
                #expect(try await person.frame()?.code == ConnectionEnd.agentOffline.closeCode)
            }
        }
    }

    @Test("an agent that gives no terminals, or does not speak the relay's protocol, gives none")
    func unavailable() async throws {
        try await withAgent(terminal: false) { scene in
            try await WireClient.connect(scene.port) { person in
                try await person.open(scene.path, "Sec-WebSocket-Protocol: \(TerminalControl.subprotocol)\r\n")
                #expect(
                    try await person.frame() == .text(TerminalControl.refused("The agent gives no terminals").text))
                #expect(try await person.frame()?.code == TerminalClose.refused.rawValue)
            }
        }
        try await withAgent(subprotocol: "other") { scene in
            try await WireClient.connect(scene.port) { person in
                try await person.open(scene.path)
                #expect(try await person.frame()?.code == ConnectionEnd.agentOffline.closeCode)
            }
        }
    }

    @Test("an agent that breaks the relay's protocol is let go")
    func violation() async throws {
        try await withAgent { scene in
            try await scene.program.say(.text("hello"))
            let close = try #require(try await scene.program.frame())
            #expect(close.code == RelayViolation.notBinary.closeCode)
            #expect(close.reason == RelayViolation.notBinary.reason)
        }
    }

    @Test("a person who leaves while the agent gives no credit leaves nothing behind")
    func noCredit() async throws {
        try await withAgent { scene in
            try await WireClient.connect(scene.port) { person in
                try await person.open(scene.path)
                let open = try await scene.next()
                try await scene.say(RelayFrame(open.terminal, .opened))
                let piece = [UInt8](repeating: 0x61, count: RelayFrame.largestData)
                // A window, and a piece more that has to wait.
                for _ in 0...(RelayFrame.initialCredit / piece.count) {
                    try await person.say(ClientFrame(opcode: 2, payload: piece))
                }
                var count = 0
                while count < RelayFrame.initialCredit {
                    if case .data(let bytes) = try await scene.next().content { count += bytes.count }
                }
            }
            try await scene.settle(1)
            #expect(try await scene.next().content == .close("left"))
        }
    }

    @Test("an agent that does not answer is not waited for any longer than its time, and stays connected")
    func unanswered() async throws {
        var limits = SocketLimits.patient
        limits.terminalOpenTime = .milliseconds(50)
        try await withAgent(limits: limits) { scene in
            try await WireClient.connect(scene.port) { person in
                try await person.open(scene.path, "Sec-WebSocket-Protocol: \(TerminalControl.subprotocol)\r\n")
                let open = try await scene.next()
                let close = try #require(try await person.frame())
                #expect((close.code, close.reason) == (4_014, TerminalClose.unanswered.reason))
                #expect(try await scene.next() == RelayFrame(open.terminal, .close("not answered")))
                // Late, and for nobody.
                try await scene.say(RelayFrame(open.terminal, .opened))
                try await scene.say(RelayFrame(open.terminal, .data([1])))
            }
            try await scene.settle(1)
            #expect(scene.lastEnd?.hasSuffix(", not answered") == true)
            #expect(scene.speaking.metrics.text().contains(#"watchword_terminals{realm="authspec"} 0"#))
            // It is connected as before.
            try await scene.program.say(ClientFrame(opcode: 9, payload: [1]))
            #expect(try await scene.program.frame()?.opcode == 10)
        }
    }

    @Test("an agent that takes nothing of what is typed for too long ends that terminal")
    func untaken() async throws {
        var limits = SocketLimits.patient
        limits.terminalInputTime = .milliseconds(50)
        try await withAgent(limits: limits) { scene in
            try await WireClient.connect(scene.port) { person in
                try await person.open(scene.path)
                let number = try await scene.next().terminal
                try await scene.say(RelayFrame(number, .opened))
                try await scene.type(1, to: person, number)
                let close = try #require(try await person.frame())
                #expect((close.code, close.reason) == (4_015, TerminalClose.untaken.reason))
                #expect(try await scene.next() == RelayFrame(number, .close("input not taken")))
            }
            try await scene.settle(1)
            #expect(scene.lastEnd?.hasSuffix(", input not taken") == true)
        }
    }

    @Test("while input waits for the agent's credit, a new token is taken in band, pings are answered and a close is")
    func readAhead() async throws {
        try await withAgent { scene in
            let second = try await scene.speaking.signIn()
            let proof = { scene.speaking.realm.memory.connections.records().first { $0.role == .person }?.proof }
            try await WireClient.connect(scene.port) { person in
                try await person.open(scene.path, "Sec-WebSocket-Protocol: \(TerminalControl.subprotocol)\r\n")
                let number = try await scene.next().terminal
                try await scene.say(RelayFrame(number, .opened))
                #expect(try await person.frame() == .text(TerminalControl.opened.text))
                try await scene.type(RelayFrame.initialCredit, to: person, number)
                let before = proof()
                try await person.say(.text(TerminalControl.authenticate(token: Secret(second)).text))
                while proof() == before { try await Task.sleep(for: .milliseconds(2)) }
                try await person.say(ClientFrame(opcode: 9, payload: [7]))
                let pong = try #require(try await person.frame())
                #expect(pong.opcode == 10 && pong.payload == [7])
                try await person.say(.close(1_000))
                #expect(try await person.frame()?.code == 1_000)
                #expect(try await scene.next() == RelayFrame(number, .close("left")))
            }
            try await scene.settle(1)
        }
    }

    @Test("while input waits, a token that is not good ends the terminal")
    func readAheadRefused() async throws {
        try await withAgent { scene in
            try await WireClient.connect(scene.port) { person in
                try await person.open(scene.path, "Sec-WebSocket-Protocol: \(TerminalControl.subprotocol)\r\n")
                let number = try await scene.next().terminal
                try await scene.say(RelayFrame(number, .opened))
                #expect(try await person.frame() == .text(TerminalControl.opened.text))
                try await scene.type(1_000, to: person, number)
                try await person.say(.text(TerminalControl.authenticate(token: Secret("garbage")).text))
                #expect(try await person.frame()?.code == 1_008)
            }
        }
    }

    @Test("the newer connection of an agent takes the place of the older, whose terminals end")
    func replaced() async throws {
        try await withAgent { scene in
            try await WireClient.connect(scene.port) { person in
                try await person.open(scene.path)
                let number = try await scene.next().terminal
                try await scene.say(RelayFrame(number, .opened))
                try await WireClient.connect(scene.port) { newer in
                    try await newer.open(
                        "/agents/\(scene.agent.id)/ws",
                        "X-API-Key: \(scene.agent.key)\r\nSec-WebSocket-Protocol: \(RelayFrame.subprotocol)\r\n")
                    #expect(try await scene.program.frame()?.code == ConnectionEnd.replaced.closeCode)
                    let close = try #require(try await person.frame())
                    #expect(close.code == ConnectionEnd.agentOffline.closeCode)
                    try await scene.settle(1)
                    #expect(scene.lastEnd?.hasSuffix(", agent offline") == true)
                }
            }
        }
    }
}
