import Synchronization
import WatchwordRelay

/// What comes from the person, for the agent.
extension Terminal {
    /// A message of the person. Returns when the agent's connection has room for all of it, when the terminal has ended,
    /// or when the task is cancelled.
    func receive(_ message: SocketMessage) async {
        switch (message, mode) {
        case (.binary(let bytes), _): await pass(bytes)
        case (.text(let text), .plain):
            if case .resize(let size)? = TerminalControl(text) {
                await resize(size)
            } else {
                await pass(Array(text.utf8))
            }
        case (.text(let text), .controlled):
            switch TerminalControl(text) {
            case .resize(let size): await resize(size)
            // For the owner of the socket, who has read it if it was of use.
            case .authenticate: break
            case .opened, .exit, .refused, nil: end(.misspoken)
            }
        }
    }

    private func pass(_ bytes: [UInt8]) async {
        var rest = bytes[...]
        while !rest.isEmpty, let count = await turn(rest.count) {
            send(.data(Array(rest.prefix(count))))
            rest = rest.dropFirst(count)
        }
    }

    private func resize(_ size: TerminalSize) async {
        if await turn(0) != nil { send(.resize(size)) }
    }

    private func send(_ content: RelayFrame.Content) {
        link.send(RelayFrame(number, content)) { [self] _ in
            for each in state.withLock({ $0.frameTaken() }) { each.resume() }
        }
    }

    /// Waits until a frame may go to the agent: with how many of `count` bytes. Nothing where none will go any more.
    private func turn(_ count: Int) async -> Int? {
        while !Task.isCancelled {
            switch state.withLock({ $0.turn(count) }) {
            case .go(let spent): return spent
            case .over: return nil
            case .wait: await change(count)
            }
        }
        return nil
    }

    private func change(_ count: Int) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // The flag is set before the handler runs, so that one of the two always sees the other.
                let waits = state.withLock { !Task.isCancelled && $0.wait(count, continuation) }
                if !waits { continuation.resume() }
            }
        } onCancel: {
            for each in state.withLock({ $0.release() }) { each.resume() }
        }
    }
}
