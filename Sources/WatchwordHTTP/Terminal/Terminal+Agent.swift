import Synchronization
import WatchwordCore
import WatchwordRelay

/// What comes from the agent, for the person.
extension Terminal {
    func started() -> RelayViolation? {
        guard state.withLock({ $0.start(.now) }) else { return .misplaced }
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

    func take(_ bytes: [UInt8]) -> RelayViolation? {
        let violation: RelayViolation? = state.withLock { state in
            guard state.isStarted else { return .misplaced }
            return state.show(bytes) ? nil : .beyondCredit
        }
        if violation == nil { drain() }
        return violation
    }

    func add(credit: UInt32) -> RelayViolation? {
        guard state.withLock({ $0.add(credit: credit) }) else { return .beyondWindow }
        drain()
        return nil
    }
}
