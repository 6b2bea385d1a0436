import Testing
import WatchwordCore
import WatchwordRelay

@testable import WatchwordHTTP

@Suite("An agent's link")
struct AgentLinkTests {
    private func kind(_ opening: TerminalOpening) -> String {
        switch opening {
        case .opened: "opened"
        case .offline: "offline"
        case .unavailable: "unavailable"
        case .busy: "busy"
        }
    }

    @Test("gives terminals from its hello until it is detached")
    func online() {
        let rig = TerminalRig(hello: nil)
        #expect(kind(rig.ask().0) == "offline")
        #expect(rig.link.hello == nil)
        #expect(rig.says(0, .hello(TerminalRig.hello.text)) == nil)
        #expect(rig.link.hello == TerminalRig.hello)
        #expect(kind(rig.ask().0) == "opened")
        rig.link.detach()
        #expect(kind(rig.ask().0) == "offline")
        let another = AgentKey(realm: Realm.ID("other"), agent: TerminalRig.agent.agent)
        #expect(
            kind(rig.relay.open(another, size: .usual, who: "", mode: .plain, outlet: FakeOutlet()) {}) == "offline")
    }

    @Test("is of one realm")
    func realms() {
        let rig = TerminalRig()
        let another = AgentKey(realm: Realm.ID("other"), agent: TerminalRig.agent.agent)
        #expect(
            kind(rig.relay.open(another, size: .usual, who: "", mode: .plain, outlet: FakeOutlet()) {}) == "offline")
    }

    @Test("gives none where the agent's program gives none")
    func unavailable() {
        let rig = TerminalRig(hello: AgentHello(version: "1", name: "", platform: "", terminal: false))
        #expect(kind(rig.ask().0) == "unavailable")
        #expect(rig.agentOutlet.now.frames == [])
    }

    @Test("has 64 terminals at most, and gives each number once")
    func many() throws {
        let rig = TerminalRig()
        let persons = try (0..<64).map { _ in try rig.open() }
        #expect(persons.map(\.terminal.number) == Array(1...64))
        #expect(kind(rig.ask().0) == "busy")
        #expect(rig.says(7, .exit(0)) == nil)
        let (opening, outlet, _) = rig.ask()
        guard case .opened(let next) = opening else { throw TerminalRig.NotOpened() }
        #expect(next.number == 65)
        #expect(kind(rig.ask().0) == "busy")
        // What is late for the one that ended reaches nobody.
        #expect(rig.says(7, .data([1])) == nil)
        #expect(outlet.now.sent == [])
        next.detach()
        #expect(kind(rig.ask().0) == "opened")
    }

    @Test("is asked for terminals in the order of their numbers, whoever asks at the same time", arguments: 0..<100)
    func ascending(round: Int) async throws {
        let rig = TerminalRig()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<64 { group.addTask { _ = rig.ask() } }
            await group.waitForAll()
        }
        #expect(rig.agentOutlet.now.frames.map(\.terminal) == Array(1...64))
    }

    @Test("that goes tells every terminal's person, behind the last bytes, and the outlet is theirs to close")
    func detached() throws {
        let rig = TerminalRig()
        let first = try rig.open(holding: true)
        let second = try rig.open(mode: .controlled)
        let gone = try rig.open()
        gone.terminal.detach()
        let output = pattern(RelayFrame.initialCredit)
        for start in stride(from: 0, to: output.count, by: 1_024) {
            #expect(rig.says(1, .data(Array(output[start..<start + 1_024]))) == nil)
        }
        rig.link.detach()
        rig.link.detach()
        #expect(first.offline.count == 0)
        while first.outlet.take() > 0 {}
        #expect(first.shown.bytes == output)
        #expect([first, second, gone].map(\.offline.count) == [1, 1, 0])
        #expect([first, second, gone].map(\.shown.close) == [nil, nil, nil])
        #expect(first.terminal.detach().end == .agentOffline)
        #expect(rig.told(1) == [])
    }

    @Test("is replaced by the connection with the higher number, whichever comes first")
    func replaced() throws {
        let rig = TerminalRig()
        let person = try rig.open()
        let late = rig.relay.attach(TerminalRig.agent, number: 4, outlet: FakeOutlet())
        #expect(person.offline.count == 0)
        late.detach()
        #expect(kind(rig.ask().0) == "opened")

        let outlet = FakeOutlet()
        let newer = rig.relay.attach(TerminalRig.agent, number: 6, outlet: outlet)
        #expect(person.offline.count == 1)
        #expect(newer.receive(.binary(RelayFrame(0, .hello(TerminalRig.hello.text)).bytes)) == nil)
        rig.link.detach()
        #expect(kind(rig.ask().0) == "opened")
        #expect(outlet.now.frames.count == 1)
    }

    @Test(
        "ends where a message is no frame, or not one that an agent sends",
        arguments: [
            (SocketMessage.text("hello"), RelayViolation.notBinary),
            (.binary([]), .malformed),
            (.binary([9, 0, 0, 0, 1]), .malformed),
            (.binary([4, 0, 0, 0, 1] + [UInt8](repeating: 0, count: RelayFrame.largestData + 1)), .malformed),
            (frame(1, .open(.usual, who: "")), .misplaced),
            (frame(1, .resize(.usual)), .misplaced),
            (frame(9, .open(.usual, who: "")), .misplaced),
            (frame(9, .resize(.usual)), .misplaced),
            (frame(0, .data([1])), .misplaced),
            (frame(0, .close("")), .misplaced),
            (frame(0, .hello(TerminalRig.hello.text)), .misplaced),
            (frame(1, .hello(TerminalRig.hello.text)), .misplaced),
            (frame(1, .opened), .misplaced),
            (frame(1, .refused("")), .misplaced),
            (frame(2, .data([1])), .misplaced),
            (frame(2, .exit(0)), .misplaced),
            (frame(1, .credit(1)), .beyondWindow),
            (frame(1, .credit(.max)), .beyondWindow),
        ])
    func violations(_ message: SocketMessage, _ violation: RelayViolation) throws {
        let rig = TerminalRig()
        _ = try rig.open()
        _ = try rig.open(started: false)
        #expect(rig.link.receive(message) == violation)
    }

    @Test("ends where hello is not the first, or is none")
    func greeting() {
        for content: RelayFrame.Content in [.data([1]), .opened, .close("")] {
            let rig = TerminalRig(hello: nil)
            #expect(rig.says(1, content) == .misplaced)
        }
        #expect(TerminalRig(hello: nil).says(0, .hello("{}")) == .malformed)
        #expect(TerminalRig(hello: nil).says(1, .hello(TerminalRig.hello.text)) == .misplaced)
    }

    @Test("passes over frames of numbers that mean nothing")
    func unknown() throws {
        let rig = TerminalRig()
        for content: RelayFrame.Content in [.opened, .refused(""), .data([1]), .credit(.max), .exit(0), .close("")] {
            #expect(rig.says(77, content) == nil)
        }
    }

    private static func frame(_ number: UInt32, _ content: RelayFrame.Content) -> SocketMessage {
        .binary(RelayFrame(number, content).bytes)
    }
}
