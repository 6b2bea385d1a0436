import Synchronization
import Testing
import WatchwordRelay
import WatchwordTestKit

@testable import WatchwordHTTP

@Suite("The flow of a terminal", .timeLimit(.minutes(15)))
struct TerminalFlowTests {
    static let window = RelayFrame.initialCredit
    static let piece = RelayFrame.largestData
    /// How much of a person is read where the agent gives no credit.
    static let most = window + Terminal.readAhead

    // MARK: From the agent

    @Test("gives the agent no credit for what its person has not taken, and then all of it back")
    func credit() throws {
        let rig = TerminalRig()
        let person = try rig.open(holding: true)
        for _ in 0..<Self.window / Self.piece { #expect(rig.says(1, .data(pattern(Self.piece))) == nil) }
        #expect(rig.credit(1) == 0)
        person.outlet.take(7)
        #expect(rig.credit(1) == 0)
        person.outlet.take(1)
        #expect(rig.credit(1) == Self.window / 2)
        person.outlet.take()
        #expect(rig.credit(1) == Self.window)
        #expect(rig.told(1).count == 2)
    }

    @Test("ends an agent that sends one byte beyond its credit")
    func beyond() throws {
        let rig = TerminalRig()
        let person = try rig.open(holding: true)
        for _ in 0..<Self.window / Self.piece { #expect(rig.says(1, .data(pattern(Self.piece))) == nil) }
        #expect(rig.says(1, .data([1])) == .beyondCredit)
        person.outlet.take()
        #expect(rig.says(1, .data([1])) == nil)
    }

    @Test("earns no credit for bytes that never left")
    func lost() throws {
        let rig = TerminalRig()
        let person = try rig.open(holding: true)
        for _ in 0..<Self.window / Self.piece { #expect(rig.says(1, .data(pattern(Self.piece))) == nil) }
        person.outlet.take(leaves: false)
        #expect(rig.credit(1) == 0)
    }

    @Test("puts small pieces together while a person is slow, and loses none")
    func small() throws {
        let rig = TerminalRig()
        let person = try rig.open(holding: true)
        let output = pattern(40_000)
        for byte in output { #expect(rig.says(1, .data([byte])) == nil) }
        #expect(person.shown.sent.count == Terminal.messagesInOutlet)
        person.outlet.stopHolding()
        #expect(person.shown.bytes == output)
        #expect(person.shown.sent.count <= Terminal.messagesInOutlet + 1 + output.count / Self.piece + 1)
        #expect(person.shown.sent.allSatisfy { $0.count <= Self.piece })
    }

    @Test("holds up nobody else for a slow person")
    func neighbours() throws {
        let rig = TerminalRig()
        let slow = try rig.open(holding: true)
        let fast = try rig.open()
        for _ in 0..<Self.window / Self.piece { #expect(rig.says(1, .data(pattern(Self.piece))) == nil) }
        for _ in 0..<500 { #expect(rig.says(2, .data(pattern(Self.piece))) == nil) }
        #expect(fast.shown.bytes.count == 500 * Self.piece)
        #expect(rig.credit(2) >= 500 * Self.piece - Self.window / 2)
        #expect(rig.credit(1) == 0)
        #expect(slow.shown.bytes.count == Self.window)
    }

    // MARK: From the person

    @Test("reads a person as far ahead of the agent's credit as it may, and no further until there is more")
    func waits() async throws {
        let rig = TerminalRig()
        let person = try rig.open()
        let input = pattern(Self.most + 1_000)
        await person.terminal.receive(.binary(Array(input[..<Self.window])))
        await person.terminal.receive(.binary(Array(input[Self.window..<Self.most])))
        #expect(rig.agentOutlet.now.inputCount == Self.window)
        let done = TerminalRig.Flag()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await person.terminal.receive(.binary(Array(input[Self.most...])))
                done.tell()
            }
            // More waits than may.
            while person.terminal.state.withLock({ $0.waitingForRoom }) == 0 { await Task.yield() }
            #expect(rig.says(1, .credit(999)) == nil)
            #expect(person.terminal.state.withLock { $0.waitingForRoom } == 1)
            #expect(done.count == 0)
            #expect(rig.says(1, .credit(1)) == nil)
            await group.waitForAll()
            #expect(rig.says(1, .credit(UInt32(Self.window - 1_000))) == nil)
            #expect(rig.says(1, .credit(UInt32(Self.window))) == nil)
        }
        #expect(rig.input(1) == input)
        #expect(done.count == 1)
    }

    @Test("tells a size at once, before the input that waits, and of several the last")
    func sizes() async throws {
        let rig = TerminalRig()
        let person = try rig.open()
        await person.terminal.receive(.binary(pattern(Self.window + 5)))
        await person.terminal.receive(.text(#"{"type":"resize","cols":9,"rows":9}"#))
        #expect(rig.told(1).last == .resize(TerminalSize(columns: 9, rows: 9)))
        rig.agentOutlet.startHolding()
        for columns in 10...500 {
            await person.terminal.receive(.text(#"{"type":"resize","cols":\#(columns),"rows":9}"#))
        }
        #expect(rig.agentOutlet.now.held.count == Terminal.framesInOutlet)
        rig.agentOutlet.stopHolding()
        #expect(rig.told(1).last == .resize(TerminalSize(columns: 500, rows: 9)))
        #expect(rig.told(1).filter { if case .resize = $0 { true } else { false } }.count == 5)
    }

    @Test("has no more frames in the agent's outlet than it may, sizes too")
    func frames() async throws {
        let rig = TerminalRig(agentHolds: true)
        let person = try rig.open()
        for index in 0..<500 {
            await person.terminal.receive(
                index % 2 == 0 ? .binary([1]) : .text(#"{"type":"resize","cols":9,"rows":9}"#))
        }
        #expect(rig.agentOutlet.now.held.count == Terminal.framesInOutlet)
        rig.agentOutlet.stopHolding()
        #expect(rig.agentOutlet.now.mostHeld == Terminal.framesInOutlet)
        #expect(rig.input(1).count == 250)
    }

    /// What releases whoever waits for credit.
    enum Release: CaseIterable { case detach, agentGone, exit, close, cancel, replaced }

    @Test("releases whoever waits when the terminal, the agent or the task ends", arguments: Release.allCases)
    func released(by release: Release) async throws {
        let rig = TerminalRig()
        let person = try rig.open()
        let input = pattern(Self.most + 1)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await person.terminal.receive(.binary(input)) }
            while person.terminal.state.withLock({ $0.waitingForRoom }) == 0 { await Task.yield() }
            switch release {
            case .detach: person.terminal.detach()
            case .agentGone: rig.link.detach()
            case .exit: #expect(rig.says(1, .exit(0)) == nil)
            case .close: #expect(rig.says(1, .close("")) == nil)
            case .cancel: group.cancelAll()
            case .replaced: _ = rig.relay.attach(TerminalRig.agent, number: 9, outlet: FakeOutlet())
            }
            await group.waitForAll()
        }
        #expect(rig.input(1).count == Self.window)
        // A task that was cancelled has not ended the terminal, which its owner does.
        if release == .cancel { person.terminal.detach() }
        await person.terminal.receive(.binary([1]))
        #expect(rig.input(1).count == Self.window)
    }

    @Test("stays whole whatever the order of things", arguments: 0..<40)
    func interleavings(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let rig = TerminalRig(agentHolds: Bool.random(using: &random))
        let persons = try (0..<3).map { index in
            try rig.open(mode: index == 1 ? .controlled : .plain, holding: index != 2)
        }
        var agents = persons.map { _ in CreditWindow() }
        var said = persons.map { _ in 0 }
        var credited = persons.map { _ in 0 }
        for _ in 0..<1_500 {
            let index = Int.random(in: 0..<persons.count, using: &random)
            let number = UInt32(index + 1)
            // What the server has given since is the agent's to use.
            let credit = rig.credit(number)
            let added = agents[index].add(UInt32(credit - credited[index]))
            #expect(added)
            credited[index] = credit
            switch Int.random(in: 0..<8, using: &random) {
            case 0...3:
                let wanted = Bool.random(using: &random) ? Self.piece : Int.random(in: 1...64, using: &random)
                let count = agents[index].spend(wanted)
                #expect(rig.says(number, .data(pattern(count, from: said[index]))) == nil)
                said[index] += count
            case 4, 5: persons[index].outlet.take(Int.random(in: 1...4, using: &random))
            case 6: rig.agentOutlet.take(Int.random(in: 1...4, using: &random))
            default:
                let held = persons[index].shown
                #expect(held.mostHeld <= Terminal.messagesInOutlet)
                #expect(held.mostHeldBytes <= Self.window)
                #expect(said[index] - held.bytes.count <= Self.window)
            }
        }
        for (index, person) in persons.enumerated() {
            if Bool.random(using: &random) { person.outlet.stopHolding() }
            #expect(rig.says(UInt32(index + 1), .exit(0)) == nil)
            while person.outlet.take(1) > 0 {}
            #expect(person.shown.bytes == pattern(said[index]))
            #expect(person.shown.close?.reason == "exit 0")
            #expect(person.terminal.detach().bytesOut == said[index])
        }
    }

    @Test("takes all of a person's input to the agent, in order, as fast as it gives credit", arguments: 0..<10)
    func input(seed: UInt64) async throws {
        let rig = TerminalRig(agentHolds: true)
        let persons = try (0..<4).map { _ in try rig.open() }
        let total = Self.window * 2 + Int(seed) * 777
        await withTaskGroup(of: Void.self) { group in
            for (index, person) in persons.enumerated() {
                group.addTask {
                    var random = SeededGenerator(seed: seed * 10 + UInt64(index))
                    var sent = 0
                    while sent < total {
                        let count = min(total - sent, Int.random(in: 1...40_000, using: &random))
                        await person.terminal.receive(.binary(pattern(count, from: sent)))
                        sent += count
                    }
                }
            }
            // The agent: it takes what is in its outlet, and gives credit for all of it, now and then.
            var random = SeededGenerator(seed: seed)
            var given = persons.map { _ in 0 }
            var seen = 0
            var counts = persons.map { _ in 0 }
            while counts.contains(where: { $0 < total }) {
                await rig.agentOutlet.until { [seen] in !$0.held.isEmpty || $0.sent.count > seen }
                rig.agentOutlet.take(Int.random(in: 1...64, using: &random))
                let sent = rig.agentOutlet.now.sent
                for message in sent[seen...] {
                    guard case .binary(let bytes) = message, let frame = RelayFrame(bytes),
                        case .data(let data) = frame.content
                    else { continue }
                    counts[Int(frame.terminal) - 1] += data.count
                }
                seen = sent.count
                for index in persons.indices {
                    #expect(counts[index] - given[index] <= Self.window)
                    let credit = counts[index] - given[index]
                    #expect(rig.says(UInt32(index + 1), .credit(UInt32(credit))) == nil)
                    given[index] += credit
                }
            }
            rig.agentOutlet.stopHolding()
            await group.waitForAll()
        }
        for (index, person) in persons.enumerated() {
            #expect(rig.input(UInt32(index + 1)) == pattern(total))
            #expect(person.terminal.detach().bytesIn == total)
        }
    }

    @Test("holds up nobody else of many where one agent's program takes nothing and one person reads nothing")
    func stuck() async throws {
        let rig = TerminalRig()
        let deaf = try rig.open(holding: true)
        let stuck = try rig.open()
        let others = try (2..<TerminalRelay.terminalsPerAgent).map { _ in try rig.open() }
        for _ in 0..<Self.window / Self.piece { #expect(rig.says(1, .data(pattern(Self.piece))) == nil) }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await stuck.terminal.receive(.binary(pattern(Self.most * 2))) }
            while stuck.terminal.state.withLock({ $0.waitingForRoom }) == 0 { await Task.yield() }
            for person in others {
                let number = person.terminal.number
                for turn in 0..<40 {
                    await person.terminal.receive(.binary(pattern(Self.piece, from: turn)))
                    #expect(rig.says(number, .credit(UInt32(Self.piece))) == nil)
                    #expect(rig.says(number, .data(pattern(Self.piece, from: turn))) == nil)
                }
                #expect(person.shown.bytes.count == 40 * Self.piece)
                #expect(rig.input(number).count == 40 * Self.piece)
            }
            #expect(rig.input(stuck.terminal.number).count == Self.window)
            #expect(deaf.shown.bytes.count == Self.window)
            stuck.terminal.detach()
            await group.waitForAll()
        }
    }

    @Test("ends once, with everybody released, when all ends come at the same time", arguments: 0..<60)
    func races(seed: UInt64) async throws {
        let rig = TerminalRig()
        let persons = try (0..<8).map { _ in try rig.open(mode: .controlled, holding: seed % 2 == 0) }
        await withTaskGroup(of: Void.self) { group in
            for person in persons {
                group.addTask { await person.terminal.receive(.binary(pattern(Self.most * 2))) }
                group.addTask { person.outlet.stopHolding() }
                group.addTask { if person.terminal.number % 3 == seed % 3 { person.terminal.detach() } }
            }
            group.addTask {
                for person in persons {
                    let number = person.terminal.number
                    _ = rig.says(number, .data(pattern(100)))
                    _ = rig.says(number, seed % 5 == 0 ? .exit(1) : .data([1]))
                    _ = rig.says(number, .close("later"))
                }
            }
            group.addTask { rig.link.detach() }
            await group.waitForAll()
        }
        for person in persons {
            let end = person.terminal.detach().end
            #expect(person.offline.count == (end == .agentOffline ? 1 : 0))
            #expect((person.shown.close != nil) == (end.close != nil))
            #expect(rig.told(person.terminal.number).filter { $0 == .close("left") }.count == (end == .left ? 1 : 0))
        }
        #expect(rig.says(1, .opened) == nil)
    }
}

extension FakeOutlet.State {
    /// The bytes of `data` that an agent was given, of all terminals.
    var inputCount: Int {
        frames.reduce(0) { sum, frame in if case .data(let bytes) = frame.content { sum + bytes.count } else { sum } }
    }
}
