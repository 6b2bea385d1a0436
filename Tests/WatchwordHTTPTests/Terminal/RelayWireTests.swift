import Testing
import WatchwordRelay

@testable import WatchwordHTTP

@Suite("Terminals over real sockets", .timeLimit(.minutes(15)))
struct RelayWireTests {
    static let window = RelayFrame.initialCredit
    static let piece = RelayFrame.largestData

    /// An agent that has said hello, a person whose terminal it has started, and the port for others.
    private func connected(
        _ body: @escaping @Sendable (WireAgent, UInt32, WireClient, Int, RelayResponder) async throws -> Void
    ) async throws {
        let responder = RelayResponder(relay: TerminalRelay(clock: StoppedClock()))
        try await echoing(responder: responder) { port, _ in
            try await WireClient.connect(port) { client in
                try await client.open("/agent")
                let agent = WireAgent(client: client)
                try await agent.say(0, .hello(TerminalRig.hello.text))
                // What it says is in order: once it is answered a ping, it is known.
                try await client.say(ClientFrame(opcode: 9, payload: []))
                while try await client.frame()?.opcode != 10 {}
                try await WireClient.connect(port) { person in
                    let number = try await self.join(agent, person)
                    try await body(agent, number, person, port, responder)
                }
            }
        }
    }

    private func join(_ agent: WireAgent, _ person: WireClient) async throws -> UInt32 {
        try await person.open("/terminal")
        let number = try await agent.start()
        #expect(try await person.message() == .text(#"{"type":"opened"}"#))
        return number
    }

    @Test("all output of a program reaches a person who read nothing for long, and then how it ended")
    func slowPerson() async throws {
        try await connected { agent, slow, person, port, responder in
            try await WireClient.connect(port) { other in
                let fast = try await self.join(agent, other)
                // The agent writes to the slow one until it has no credit and none comes.
                var window = CreditWindow()
                var said = 0
                for _ in 0..<Self.window / Self.piece {
                    let count = window.spend(Self.piece)
                    try await agent.say(slow, .data(pattern(count, from: said)))
                    said += count
                }
                // Meanwhile the other's terminal goes on.
                for _ in 0..<20 {
                    try await agent.say(fast, .data([1]))
                    #expect(try await other.message() == .binary([1]))
                }
                // The person reads at last, and the agent goes on with what credit it gets.
                var shown: [UInt8] = []
                let total = Self.window * 4
                while shown.count < total {
                    if said < total, window.toSend == 0 {
                        let frame = try #require(try await agent.hear())
                        if frame.terminal == slow, case .credit(let credit) = frame.content {
                            let added = window.add(credit)
                            #expect(added)
                        }
                    }
                    let count = window.spend(min(Self.piece, total - said))
                    if count > 0 { try await agent.say(slow, .data(pattern(count, from: said))) }
                    said += count
                    if said == total, count > 0 { try await agent.say(slow, .exit(7)) }
                    let frame = try #require(try await person.message())
                    #expect(frame.opcode == 2)
                    shown += frame.payload
                }
                #expect(shown == pattern(total))
                #expect(try await person.message() == .text(#"{"type":"exit","status":7}"#))
                let close = try #require(try await person.message())
                #expect((close.code, close.reason) == (1_000, "exit 7"))
            }
        }
    }

    @Test("a person's input waits for the agent, and all of it comes")
    func slowAgent() async throws {
        try await connected { agent, number, person, _, _ in
            let input = pattern(Self.window * 3)
            let say = person.outlet
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for start in stride(from: 0, to: input.count, by: 60_000) {
                        let part = Array(input[start..<min(start + 60_000, input.count)])
                        try await say(ClientFrame(opcode: 2, payload: part).bytes)
                    }
                }
                var window = CreditWindow()
                var heard: [UInt8] = []
                while heard.count < input.count {
                    let frame = try #require(try await agent.hear())
                    guard case .data(let bytes) = frame.content else { continue }
                    let isOnCredit = window.receive(bytes.count)
                    #expect(isOnCredit)
                    heard += bytes
                    let credit = window.pass(bytes.count)
                    if credit > 0 { try await agent.say(number, .credit(credit)) }
                }
                #expect(heard == input)
                try await group.waitForAll()
            }
        }
    }

    @Test("a person who goes while their input waits is missed, though nobody listens to them, and the agent is told")
    func personGoes() async throws {
        try await connected { agent, number, _, port, responder in
            let leaving = try await WireClient.connect(port) { leaver in
                let leaving = try await self.join(agent, leaver)
                for _ in 0..<8 {
                    try await leaver.say(ClientFrame(opcode: 2, payload: pattern(60_000)))
                }
                // All that there is credit for, so that the rest waits.
                var heard = 0
                while heard < Self.window {
                    if case .data(let bytes)? = try await agent.hear()?.content { heard += bytes.count }
                }
                return leaving
            }
            #expect(try await agent.hear() == RelayFrame(leaving, .close("left")))
            for await outcome in responder.outcomes.stream {
                #expect(outcome.end == .left)
                #expect(outcome.bytesIn == Self.window)
                break
            }
            #expect(number != leaving)
        }
    }

    @Test("an agent beyond its credit is closed with 1008, and its people with 4007 behind the last bytes")
    func violation() async throws {
        try await connected { agent, number, person, _, _ in
            var said = 0
            // The person's side takes what it can; one message beyond the window is too much whatever it took.
            while said <= Self.window * 2 {
                try await agent.say(number, .credit(0))
                try await agent.say(number, .data(pattern(Self.piece, from: said)))
                said += Self.piece
                if said == Self.piece { try await agent.say(number, .credit(1)) }
            }
            var close = try await agent.client.message()
            while let frame = close, frame.code == nil { close = try await agent.client.message() }
            #expect(close?.code == 1_008)
            var last = try await person.message()
            while let frame = last, frame.code == nil { last = try await person.message() }
            #expect((last?.code, last?.reason) == (4_007, "The agent is not connected"))
        }
    }
}
