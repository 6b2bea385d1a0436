import Synchronization
import WatchwordRelay

/// What is done for either side.
extension Terminal {
    /// Gives each side's outlet what it may have and has room for, and closes the person's when it has taken the last
    /// bytes. Whoever finds somebody else at it leaves the rest to them: an outlet may tell `taken` within `send`.
    func drain() {
        guard state.withLock({ $0.beginStepping() }) else { return }
        while let step = state.withLock({ $0.step(.now) }) {
            switch step {
            case .tell(let content, let waited): tell(content, waited)
            case .show(let bytes): show(bytes)
            case .close(let end): close(end)
            }
        }
    }

    private func tell(_ content: RelayFrame.Content, _ waited: [CheckedContinuation<Void, Never>]) {
        for each in waited { each.resume() }
        link.send(RelayFrame(number, content)) { [self] _ in
            state.withLock { $0.frameTaken() }
            drain()
        }
    }

    private func show(_ bytes: [UInt8]) {
        let count = bytes.count
        outlet.send(.binary(bytes)) { [self] left in
            let credit = state.withLock { $0.shown(count, left) }
            if credit > 0 { link.send(RelayFrame(number, .credit(credit))) }
            drain()
        }
    }

    private func close(_ end: TerminalEnd) {
        if let close = end.close {
            let last: TerminalControl? =
                switch end {
                case .exited(let status): .exit(status)
                case .refused(let why): .refused(why.oneLine(atMost: TerminalEnd.longestMessage))
                case .givenUp, .unanswered, .untaken, .agentOffline, .left, .misspoken: nil
                }
            let told = mode == .controlled ? last.map { SocketMessage.text($0.text) } : nil
            outlet.close(code: close.code, reason: close.reason, last: told)
        } else if end == .agentOffline {
            offline()
        }
    }

    /// Ends the terminal where its agent is late. Until it has ended, or the task is cancelled.
    func watch(_ limits: SocketLimits) async {
        while true {
            switch state.withLock({ $0.due(.now, limits) }) {
            case .nothing: return
            case .end(let end): return self.end(end)
            case .later(let moment):
                guard (try? await Task.sleep(until: moment, clock: .continuous)) != nil else { return }
            }
        }
    }
}
