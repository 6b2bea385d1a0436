import Synchronization
import WatchwordRelay

/// What comes from the person, for the agent.
extension Terminal {
    /// A message of the person. Returns when no more than `readAhead` waits for the agent, when the terminal has ended,
    /// or when the task is cancelled.
    func receive(_ message: SocketMessage) async {
        switch (message, mode) {
        case (.binary(let bytes), _): await pass(bytes)
        case (.text(let text), .plain):
            if case .resize(let size)? = TerminalControl(text) {
                resize(size)
            } else {
                await pass(Array(text.utf8))
            }
        case (.text(let text), .controlled):
            switch TerminalControl(text) {
            case .resize(let size): resize(size)
            // For the owner of the socket, who has read it if it was of use.
            case .authenticate: break
            case .opened, .exit, .refused, nil: end(.misspoken)
            }
        }
    }

    private func pass(_ bytes: [UInt8]) async {
        state.withLock { $0.put(bytes, .now) }
        drain()
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // The flag is set before the handler runs, so that one of the two always sees the other.
                let waits = state.withLock { !Task.isCancelled && $0.wait(continuation) }
                if !waits { continuation.resume() }
            }
        } onCancel: {
            for each in state.withLock({ $0.release() }) { each.resume() }
        }
    }

    private func resize(_ size: TerminalSize) {
        state.withLock { $0.resize(size) }
        drain()
    }
}
