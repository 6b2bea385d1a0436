import WatchwordCore

/// Agents that came and went since the last batch was written.
///
/// A crash loses what the last second brought; that the process is gone is seen by its silence.
final class Presence: Sendable {
    struct Note: Sendable {
        var arrival: AgentArrival?
        /// When the connection began that is over, and when it was.
        var departure: (connectedAt: Timestamp, at: Timestamp)?
    }

    private struct State: Sendable {
        var notes: [Agent.ID: Note] = [:]
        /// What was taken to be written since the last round began: whoever reads the store may not find it there yet.
        var taken: [Agent.ID: Note] = [:]
        /// When the store heard last that this process is alive.
        var lifeNotedAt: Timestamp?
    }

    private let state = Locked(State())

    func arrive(_ agent: Agent.ID, _ arrival: AgentArrival) {
        state.with { $0.notes[agent] = Note(arrival: arrival) }
    }

    func depart(_ agent: Agent.ID, connectedAt: Timestamp, at now: Timestamp) {
        state.with { state in
            var note = state.notes[agent] ?? Note()
            guard note.arrival.map({ $0.at == connectedAt }) ?? true else { return }
            note.departure = (connectedAt, now)
            state.notes[agent] = note
        }
    }

    /// What has happened to the agent and is not written yet, or only just.
    func note(of agent: Agent.ID) -> Note? {
        state.with { state in
            guard let taken = state.taken[agent] else { return state.notes[agent] }
            guard var later = state.notes[agent] else { return taken }
            later.arrival = later.arrival ?? taken.arrival
            return later
        }
    }

    /// What was taken before is in the store by now.
    func beginRound() { state.with { $0.taken = [:] } }

    func take(limit: Int) -> [Agent.ID: Note] {
        state.with { state in
            var taken: [Agent.ID: Note] = [:]
            if state.notes.count > limit {
                // Put aside first: what is looked at while it changes is copied as a whole.
                for (agent, note) in Array(state.notes.prefix(limit)) {
                    taken[agent] = note
                    state.notes[agent] = nil
                }
            } else {
                swap(&taken, &state.notes)
            }
            state.taken.merge(taken) { _, later in later }
            return taken
        }
    }

    /// Puts back what was not written; what has happened since stands.
    func restore(_ notes: [Agent.ID: Note]) {
        state.with { state in
            for (agent, note) in notes {
                state.taken[agent] = nil
                let later = state.notes[agent]
                if let later, later.arrival == nil {
                    state.notes[agent]?.arrival = note.arrival
                } else if later == nil {
                    state.notes[agent] = note
                }
            }
        }
    }

    /// Whether a sign of life is due.
    func isLifeDue(at now: Timestamp, every span: Lifetime) -> Bool {
        state.with { $0.lifeNotedAt.map { now >= $0 + span } ?? true }
    }

    func noteLife(at now: Timestamp) { state.with { $0.lifeNotedAt = now } }

    /// Whether the store was ever told that this process is alive; from now on it was not.
    func end() -> Bool {
        state.with { state in
            defer { state.lifeNotedAt = nil }
            return state.lifeNotedAt != nil
        }
    }
}
