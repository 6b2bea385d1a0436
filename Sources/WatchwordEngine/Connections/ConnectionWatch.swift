import WatchwordCore

/// What changed of what open sockets may rest on, until the keeper has looked at them.
final class ConnectionWatch: Sendable {
    private struct State: Sendable {
        var changes: Set<Change> = []
        /// Since when the store has not answered the keeper.
        var failingSince: Timestamp?
    }

    /// One element, at least, after each change.
    let wakes: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation
    private let state = Locked(State())

    init() {
        (wakes, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    func add(_ changes: [Change]) {
        guard !changes.isEmpty else { return }
        state.with { $0.changes.formUnion(changes) }
        signal.yield()
    }

    func take() -> Set<Change> {
        state.with { state in
            defer { state.changes = [] }
            return state.changes
        }
    }

    /// Puts back what could not be looked at; says since when that is so.
    func putBack(_ changes: Set<Change>, at now: Timestamp) -> Timestamp {
        state.with { state in
            state.changes.formUnion(changes)
            let since = state.failingSince ?? now
            state.failingSince = since
            return since
        }
    }

    /// The store has answered.
    func settle() { state.with { $0.failingSince = nil } }
}
