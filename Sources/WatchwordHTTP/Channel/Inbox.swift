import NIOCore
import Synchronization

/// What the event loop of one connection hands to the task that serves it, in order.
///
/// One task asks. What comes while it asks is not kept, and nothing is made ready for what may come: most connections
/// are idle.
final class Inbox: Sendable {
    private struct State {
        /// Never empty.
        var kept: CircularBuffer<Incoming>?
        var reader: CheckedContinuation<Incoming?, Never>?
        var drained: (@Sendable () -> Void)?
        var isOver = false

        mutating func take() -> Incoming? {
            guard let first = kept?.removeFirst() else { return nil }
            if kept?.isEmpty == true { kept = nil }
            return first
        }

        mutating func keep(_ incoming: Incoming) {
            if kept == nil { kept = CircularBuffer(initialCapacity: 1) }
            kept?.append(incoming)
        }
    }

    /// With so many kept, no more is read from the client.
    private static let bound = 2

    private let state = Mutex(State())

    /// The next, as soon as it is here; nothing when there will be none.
    func next() async -> Incoming? {
        await withCheckedContinuation { ask($0) }
    }

    private func ask(_ reader: CheckedContinuation<Incoming?, Never>) {
        let (next, drained) = state.withLock { state -> (Incoming??, (@Sendable () -> Void)?) in
            guard let next = state.take() else {
                if state.isOver { return (.some(nil), nil) }
                state.reader = reader
                return (nil, nil)
            }
            guard state.kept == nil else { return (next, nil) }
            defer { state.drained = nil }
            return (next, state.drained)
        }
        if let next { reader.resume(returning: next) }
        drained?()
    }

    // MARK: For the event loop

    func put(_ incoming: Incoming) {
        let reader = state.withLock { state in
            if state.reader == nil, !state.isOver { state.keep(incoming) }
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume(returning: incoming)
    }

    /// Whether there is room for more. If not, `drained` is called once all that is kept has been taken.
    func hasRoom(orTell drained: @autoclosure () -> @Sendable () -> Void) -> Bool {
        state.withLock { state in
            guard let kept = state.kept, kept.count >= Self.bound else { return true }
            state.drained = drained()
            return false
        }
    }

    /// Nothing more will come. What is kept is still handed out.
    func end() {
        let reader = state.withLock { state in
            state.isOver = true
            state.drained = nil
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume(returning: nil)
    }
}
