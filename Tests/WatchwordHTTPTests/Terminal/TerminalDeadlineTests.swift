import Testing
import WatchwordRelay

@testable import WatchwordHTTP

@Suite("The deadlines of a terminal", .timeLimit(.minutes(15)))
struct TerminalDeadlineTests {
    private let asked = ContinuousClock.now
    private var limits: SocketLimits {
        var limits = SocketLimits()
        limits.terminalOpenTime = .seconds(15)
        limits.terminalInputTime = .seconds(600)
        return limits
    }

    private func after(_ seconds: Int) -> ContinuousClock.Instant { asked + .seconds(seconds) }

    private func due(_ state: TerminalState, after seconds: Int) -> TerminalState.Due {
        state.due(after(seconds), limits)
    }

    /// Does what there is to do, and leaves it to nobody.
    private func step(_ state: inout TerminalState, after seconds: Int) {
        if state.beginStepping() { while state.step(after(seconds)) != nil {} }
    }

    @Test("an agent that has neither started nor refused it is late when its time is over")
    func unanswered() {
        let state = TerminalState(askedAt: asked)
        #expect(due(state, after: 0) == .later(after(15)))
        #expect(due(state, after: 14) == .later(after(15)))
        #expect(due(state, after: 15) == .end(.unanswered))
    }

    @Test("one that has started it is not, however long nothing is typed")
    func started() {
        var state = TerminalState(askedAt: asked)
        let isFirst = state.start(after(14))
        #expect(isFirst)
        #expect(due(state, after: 15) == .later(after(615)))
        #expect(due(state, after: 100_000) == .later(after(100_600)))
    }

    @Test("input that waits is late when none of it was taken for its time, and each byte taken gives it anew")
    func untaken() {
        var state = TerminalState(askedAt: asked)
        _ = state.start(after(1))
        state.put(pattern(RelayFrame.initialCredit + 10), after(2))
        // The outlet takes each at once.
        for _ in 0..<RelayFrame.initialCredit / RelayFrame.largestData {
            step(&state, after: 2)
            state.frameTaken()
        }
        #expect(due(state, after: 3) == .later(after(602)))
        state.put([1], after(300))
        #expect(due(state, after: 601) == .later(after(602)))
        #expect(due(state, after: 602) == .end(.untaken))
        var isCredit = state.add(credit: 1)
        #expect(isCredit)
        step(&state, after: 601)
        #expect(due(state, after: 602) == .later(after(1_201)))
        isCredit = state.add(credit: 100)
        #expect(isCredit)
        state.frameTaken()
        step(&state, after: 602)
        #expect(due(state, after: 100_000) == .later(after(100_600)))
    }

    @Test("input that waits for an agent that has yet to answer has its time from the answer on")
    func early() {
        var state = TerminalState(askedAt: asked)
        state.put(pattern(RelayFrame.initialCredit * 2), after(0))
        #expect(due(state, after: 14) == .later(after(15)))
        _ = state.start(after(14))
        #expect(due(state, after: 613) == .later(after(614)))
        #expect(due(state, after: 614) == .end(.untaken))
    }

    @Test("nothing is due of one that has ended")
    func over() {
        var state = TerminalState(askedAt: asked)
        _ = state.end(.left, at: StoppedClock().now())
        #expect(due(state, after: 100_000) == .nothing)
    }

    // MARK: Carried out

    private var short: SocketLimits {
        var limits = SocketLimits()
        limits.terminalOpenTime = .milliseconds(1)
        return limits
    }

    @Test("a person whose agent does not answer is told, the agent as well, and a late answer reaches nobody")
    func late() async throws {
        let rig = TerminalRig()
        let person = try rig.open(mode: .controlled, started: false)
        let other = try rig.open(started: false)
        await person.terminal.watch(short)
        let reason = TerminalClose.unanswered.reason
        #expect(person.shown.close == .init(code: 4_014, reason: reason, last: nil))
        #expect(rig.told(1) == [.close("not answered")])
        let outcome = person.terminal.detach()
        #expect(outcome.end == .unanswered && !outcome.started)
        for content: RelayFrame.Content in [.opened, .data([1]), .credit(.max), .exit(0)] {
            #expect(rig.says(1, content) == nil)
        }
        #expect(person.shown.sent == [] && person.offline.count == 0)
        #expect(rig.told(1) == [.close("not answered")])
        // The other's is not touched, and starts.
        #expect(other.shown.close == nil)
        #expect(rig.says(2, .opened) == nil)
        #expect(rig.says(2, .data([7])) == nil)
        #expect(other.shown.bytes == [7])
    }

    @Test("a terminal that was not answered gives its place back")
    func place() async throws {
        let rig = TerminalRig()
        let persons = try (0..<TerminalRelay.terminalsPerAgent).map { _ in try rig.open(started: false) }
        guard case .busy = rig.ask().0 else { throw TerminalRig.NotOpened() }
        await persons[5].terminal.watch(short)
        #expect(try rig.open().terminal.number == 65)
    }

    @Test("input that nobody takes ends the terminal, behind the last output")
    func stuck() async throws {
        let rig = TerminalRig()
        let person = try rig.open(holding: true)
        #expect(rig.says(1, .data([1, 2])) == nil)
        var limits = SocketLimits()
        limits.terminalInputTime = .milliseconds(1)
        await person.terminal.receive(.binary(pattern(RelayFrame.initialCredit + 1)))
        await person.terminal.watch(limits)
        #expect(person.shown.close == nil)
        person.outlet.take()
        #expect(person.shown.close == .init(code: 4_015, reason: TerminalClose.untaken.reason, last: nil))
        #expect(rig.told(1).last == .close("input not taken"))
        #expect(person.terminal.detach().end == .untaken)
    }

    @Test("is no longer watched once it has ended, or its task is cancelled")
    func unwatched() async throws {
        let rig = TerminalRig()
        let person = try rig.open()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await person.terminal.watch(SocketLimits()) }
            group.cancelAll()
            await group.waitForAll()
        }
        #expect(person.shown.close == nil)
        person.terminal.detach()
        await person.terminal.watch(SocketLimits())
    }
}
