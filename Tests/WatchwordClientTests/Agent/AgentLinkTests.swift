import NIOWebSocket
import Synchronization
import Testing
import WatchwordCore
import WatchwordRelay

@testable import WatchwordClient

@Suite("Terminals over the agent's connection", .timeLimit(.minutes(15)))
struct AgentLinkTests {
    /// Runs the program against a server that has heard `hello` and then does as the test says; a server that returns
    /// has ended the connection.
    private func relayed(
        _ host: any TerminalHost = ScriptedTerminals(), lines: @escaping @Sendable (Lines) -> Void = { _ in },
        _ serve: @escaping @Sendable (FakeServer.Peer) async throws -> Void
    ) async throws {
        var bench = try AgentBench()
        bench.host = host
        let failure = Mutex<(any Error)?>(nil)
        let isDone = Mark()
        var script = FakeServer.Script(respond: AgentProgramTests.registrar())
        script.serve = { peer in
            do {
                let hello = try await peer.relay()
                guard hello?.terminal == 0, case .hello(let text) = hello?.content else {
                    throw Unexpected(frame: hello)
                }
                #expect(AgentHello(text)?.name == "build-7")
                try await serve(peer)
            } catch {
                failure.withLock { $0 = error }
            }
            isDone.reached()
        }
        try await bench.run(against: script) { _ in await isDone.wait() }
        if let failure = failure.withLock({ $0 }) { throw failure }
        lines(bench.lines)
    }

    private struct Unexpected: Error { var frame: RelayFrame? }

    /// The next frames as the test wants them; data is put together.
    private static func data(_ peer: FakeServer.Peer, _ number: UInt32, _ count: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            guard let frame = try await peer.relay() else { throw Unexpected(frame: nil) }
            switch frame.content {
            case .data(let more) where frame.terminal == number: bytes += more
            case .credit: continue
            default: throw Unexpected(frame: frame)
            }
        }
        return bytes
    }

    @Test("a terminal is opened, typed into, resized and ends with its status, and the log tells who and how")
    func whole() async throws {
        let host = ScriptedTerminals()
        try await relayed(
            host,
            lines: { lines in
                #expect(lines.contain("terminal 3 opened by ada"))
                #expect(lines.contain("terminal 3 of ada ended after 0 ms: exit 7"))
            }
        ) { peer in
            try await peer.send(RelayFrame(3, .open(.usual, who: "ada")))
            #expect(try await peer.relay() == RelayFrame(3, .opened))
            try await peer.send(RelayFrame(3, .data(Array("ls\r".utf8))))
            #expect(try await Self.data(peer, 3, 3) == Array("ls\r".utf8))
            try await peer.send(RelayFrame(3, .resize(TerminalSize(columns: 100, rows: 30))))
            try await peer.send(RelayFrame(3, .data([4])))
            #expect(try await Self.data(peer, 3, 1) == [4])
            let terminal = try #require(host.all.first)
            #expect(terminal.who == "ada")
            #expect(terminal.sizes.last == TerminalSize(columns: 100, rows: 30))
            terminal.say("bye")
            terminal.end(7)
            #expect(try await Self.data(peer, 3, 3) == Array("bye".utf8))
            #expect(try await peer.relay() == RelayFrame(3, .exit(7)))
            #expect(terminal.isHungUp)
        }
    }

    @Test("output waits for credit, and of two terminals only the one that has none")
    func credit() async throws {
        let host = ScriptedTerminals()
        try await relayed(host) { peer in
            for number: UInt32 in [1, 2] {
                try await peer.send(RelayFrame(number, .open(.usual, who: "ada")))
                #expect(try await peer.relay() == RelayFrame(number, .opened))
            }
            let piece = String(repeating: "x", count: RelayFrame.largestData)
            for _ in 0..<20 { host.all[0].say(piece) }
            let first = try await Self.data(peer, 1, RelayFrame.initialCredit)
            #expect(first.count == RelayFrame.initialCredit)
            // The first has no credit left, so that the next frame is the second's.
            host.all[1].say("still")
            #expect(try await peer.relay() == RelayFrame(2, .data(Array("still".utf8))))
            try await peer.send(RelayFrame(1, .credit(5)))
            #expect(try await peer.relay() == RelayFrame(1, .data(Array("xxxxx".utf8))))
        }
    }

    @Test("credit is given for what was typed once it is taken")
    func typing() async throws {
        try await relayed { peer in
            try await peer.send(RelayFrame(1, .open(.usual, who: "ada")))
            #expect(try await peer.relay() == RelayFrame(1, .opened))
            let piece = [UInt8](repeating: 97, count: RelayFrame.largestData)
            for _ in 0..<(RelayFrame.initialCredit / piece.count) { try await peer.send(RelayFrame(1, .data(piece))) }
            var given = 0
            var shown = 0
            while given < RelayFrame.initialCredit || shown < RelayFrame.initialCredit {
                switch try await peer.relay()?.content {
                case .credit(let count): given += Int(count)
                case .data(let bytes): shown += bytes.count
                case let other: throw Unexpected(frame: other.map { RelayFrame(1, $0) })
                }
            }
            #expect(given == RelayFrame.initialCredit)
        }
    }

    @Test("a terminal that the server closes ends without another word, and its number is forgotten")
    func closed() async throws {
        let host = ScriptedTerminals()
        try await relayed(host) { peer in
            try await peer.send(RelayFrame(1, .open(.usual, who: "ada")))
            #expect(try await peer.relay() == RelayFrame(1, .opened))
            try await peer.send(RelayFrame(1, .close("gone")))
            try await peer.send(RelayFrame(1, .data([1])))
            try await peer.send(RelayFrame(1, .credit(1)))
            try await peer.send(RelayFrame(2, .open(.usual, who: "ada")))
            #expect(try await peer.relay() == RelayFrame(2, .opened))
            #expect(host.all[0].isHungUp)
        }
    }

    @Test("what cannot be had is refused with its reason, and the connection goes on")
    func refused() async throws {
        try await relayed(
            ScriptedTerminals(refusal: "No more"), lines: { #expect($0.contain("terminal 1 refused to ada: No more")) }
        ) { peer in
            for number: UInt32 in [1, 2] {
                try await peer.send(RelayFrame(number, .open(.usual, who: "ada")))
                #expect(try await peer.relay() == RelayFrame(number, .refused("No more")))
            }
        }
        try await relayed(NoTerminals()) { peer in
            try await peer.send(RelayFrame(1, .open(.usual, who: "ada")))
            #expect(try await peer.relay() == RelayFrame(1, .refused("This agent offers no terminals")))
        }
    }

    @Test("there are at most as many terminals as it can")
    func most() async throws {
        try await relayed { peer in
            for number in 1...UInt32(AgentLink.mostTerminals) {
                try await peer.send(RelayFrame(number, .open(.usual, who: "ada")))
                #expect(try await peer.relay() == RelayFrame(number, .opened))
            }
            try await peer.send(RelayFrame(1_000, .open(.usual, who: "ada")))
            guard case .refused = try await peer.relay()?.content else { return #expect(Bool(false)) }
        }
    }

    @Test("every terminal ends with the connection")
    func lost() async throws {
        let host = ScriptedTerminals()
        try await relayed(host) { peer in
            for number: UInt32 in [1, 2] {
                try await peer.send(RelayFrame(number, .open(.usual, who: "ada")))
                #expect(try await peer.relay() == RelayFrame(number, .opened))
            }
        }
        #expect(host.all.count == 2)
        for terminal in host.all { #expect(terminal.isHungUp) }
    }

    @Test(
        "a server that breaks the relay's rules is left",
        arguments: [
            (RelayFrame(1, .hello("{}")).bytes, RelayViolation.misplaced),
            (RelayFrame(0, .open(.usual, who: "x")).bytes, .misplaced),
            (RelayFrame(1, .exit(0)).bytes, .misplaced), ([9, 9], .malformed),
            (RelayFrame(1, .credit(1)).bytes, .beyondWindow),
            (RelayFrame(1, .open(.usual, who: "x")).bytes, .misplaced),
        ])
    func violations(_ bytes: [UInt8], _ violation: RelayViolation) async throws {
        try await relayed { peer in
            try await peer.send(RelayFrame(1, .open(.usual, who: "ada")))
            #expect(try await peer.relay() == RelayFrame(1, .opened))
            try await peer.send(.binary, bytes)
            #expect(try await peer.closeCode() == violation.closeCode)
        }
    }

    @Test("more than there was credit for is not taken")
    func beyondCredit() async throws {
        let stuck = StuckTerminals()
        try await relayed(stuck) { peer in
            try await peer.send(RelayFrame(1, .open(.usual, who: "ada")))
            #expect(try await peer.relay() == RelayFrame(1, .opened))
            let piece = [UInt8](repeating: 97, count: RelayFrame.largestData)
            for _ in 0...(RelayFrame.initialCredit / piece.count) { try await peer.send(RelayFrame(1, .data(piece))) }
            #expect(try await peer.closeCode() == RelayViolation.beyondCredit.closeCode)
        }
    }

    /// Terminals whose programs never read what is typed.
    private final class StuckTerminals: TerminalHost {
        func start(_ size: TerminalSize, who: String) async throws -> any HostedTerminal { Stuck() }

        private final class Stuck: HostedTerminal {
            private let over = Mark()
            func read() async throws -> [UInt8]? {
                await over.wait()
                return nil
            }
            func write(_ bytes: [UInt8]) async throws { await over.wait() }
            func resize(_ size: TerminalSize) {}
            func hangUp() { over.reached() }
            func status() async -> Int32 { -1 }
        }
    }
}
