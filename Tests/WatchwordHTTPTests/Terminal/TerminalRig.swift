import Synchronization
import Testing
import WatchwordCore
import WatchwordRelay
import WatchwordTestKit

@testable import WatchwordHTTP

/// One relay with one agent that has said hello.
struct TerminalRig {
    static let agent = AgentKey(realm: Realm.ID("main"), agent: Agent.ID("7"))
    static let hello = AgentHello(version: "1.0", name: "web-1", platform: "linux", terminal: true)

    let clock = TestClock()
    let relay: TerminalRelay
    let agentOutlet: FakeOutlet
    let link: AgentLink

    init(hello: AgentHello? = TerminalRig.hello, agentHolds: Bool = false) {
        relay = TerminalRelay(clock: clock)
        agentOutlet = FakeOutlet(holding: agentHolds)
        link = relay.attach(Self.agent, number: 5, outlet: agentOutlet)
        if let hello { #expect(says(0, .hello(hello.text)) == nil) }
    }

    /// A person at a terminal.
    struct Person {
        let outlet: FakeOutlet
        let terminal: Terminal
        let offline: Flag

        var shown: FakeOutlet.State { outlet.now }
    }

    /// How often something was told.
    final class Flag: Sendable {
        private let told = Mutex(0)
        var count: Int { told.withLock { $0 } }
        func tell() { told.withLock { $0 += 1 } }
    }

    func ask(
        mode: TerminalMode = .plain, holding: Bool = false, size: TerminalSize = .usual, who: String = "ada"
    ) -> (TerminalOpening, FakeOutlet, Flag) {
        let outlet = FakeOutlet(holding: holding)
        let offline = Flag()
        let opening = relay.open(Self.agent, size: size, who: who, mode: mode, outlet: outlet) { offline.tell() }
        return (opening, outlet, offline)
    }

    /// A terminal that the agent has started, unless it is told not to.
    func open(mode: TerminalMode = .plain, holding: Bool = false, started: Bool = true) throws -> Person {
        let (opening, outlet, offline) = ask(mode: mode, holding: holding)
        guard case .opened(let terminal) = opening else { throw NotOpened() }
        if started { #expect(says(terminal.number, .opened) == nil) }
        return Person(outlet: outlet, terminal: terminal, offline: offline)
    }
    struct NotOpened: Error {}

    /// A frame from the agent.
    func says(_ number: UInt32, _ content: RelayFrame.Content) -> RelayViolation? {
        link.receive(.binary(RelayFrame(number, content).bytes))
    }

    /// What the agent was told of that terminal, after `open`.
    func told(_ number: UInt32) -> [RelayFrame.Content] {
        agentOutlet.now.frames.filter { $0.terminal == number }.map(\.content).filter { content in
            if case .open = content { false } else { true }
        }
    }

    /// The bytes that the agent was given of that terminal.
    func input(_ number: UInt32) -> [UInt8] {
        told(number).flatMap { content -> [UInt8] in if case .data(let bytes) = content { bytes } else { [] } }
    }

    /// The credit that the agent was given of that terminal.
    func credit(_ number: UInt32) -> Int {
        told(number).reduce(0) { sum, content in if case .credit(let count) = content { sum + Int(count) } else { sum }
        }
    }
}

/// So many bytes of a sequence that repeats itself after a number of bytes that is no multiple of any piece, from a
/// place on.
func pattern(_ count: Int, from start: Int = 0) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    while bytes.count < count {
        let place = (start + bytes.count) % sequence.count
        bytes += sequence[place..<min(place + count - bytes.count, sequence.count)]
    }
    return bytes
}

private let sequence: [UInt8] = {
    var random = SeededGenerator(seed: 1)
    return (0..<65_521).map { _ in UInt8.random(in: 0...255, using: &random) }
}()
