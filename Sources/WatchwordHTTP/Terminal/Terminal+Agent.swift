import Synchronization
import WatchwordCore
import WatchwordRelay

/// What comes from the agent, for the person.
extension Terminal {
    func started() -> RelayViolation? {
        guard state.withLock({ $0.start() }) else { return .misplaced }
        if mode == .controlled { outlet.send(.text(TerminalControl.opened.text)) }
        return nil
    }

    func refused(_ why: String) -> RelayViolation? {
        guard state.withLock({ !$0.isStarted }) else { return .misplaced }
        end(.refused(why))
        return nil
    }

    func exited(_ status: Int32) -> RelayViolation? {
        guard state.withLock({ $0.isStarted }) else { return .misplaced }
        end(.exited(status))
        return nil
    }

    func show(_ bytes: [UInt8]) -> RelayViolation? {
        let violation: RelayViolation? = state.withLock { state in
            guard state.isStarted else { return .misplaced }
            return state.show(bytes) ? nil : .beyondCredit
        }
        if violation == nil { drain() }
        return violation
    }

    func add(credit: UInt32) -> RelayViolation? {
        guard let waiting = state.withLock({ $0.add(credit: credit) }) else { return .beyondWindow }
        for each in waiting { each.resume() }
        return nil
    }

    /// Gives the person's outlet what it has room for, and closes it when it has taken the last bytes. Whoever finds somebody else
    /// at it leaves the rest to them: an outlet may tell `taken` within `send`.
    func drain() {
        guard state.withLock({ $0.beginStepping() }) else { return }
        while let step = state.withLock({ $0.step() }) {
            switch step {
            case .show(let bytes):
                let count = bytes.count
                outlet.send(.binary(bytes)) { [self] left in
                    let credit = state.withLock { $0.shown(count, left) }
                    if credit > 0 { link.send(RelayFrame(number, .credit(credit))) }
                    drain()
                }
            case .close(let end): close(end)
            }
        }
    }

    private func close(_ end: TerminalEnd) {
        if let close = end.close {
            let last: TerminalControl? =
                switch end {
                case .exited(let status): .exit(status)
                case .refused(let why): .refused(why.oneLine(atMost: TerminalEnd.longestMessage))
                case .closed, .agentOffline, .left, .misspoken: nil
                }
            let told = mode == .controlled ? last.map { SocketMessage.text($0.text) } : nil
            outlet.close(code: close.code, reason: close.reason, last: told)
        } else if end == .agentOffline {
            offline()
        }
    }
}
