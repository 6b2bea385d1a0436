import Synchronization
import WatchwordCore
import WatchwordEngine

/// What an authenticated client has: what its connection rests on, where its messages go, and how many it may send. The
/// task of a socket that is idle for days holds a reference to this, and nothing of what was granted.
final class SocketStanding: Sendable {
    let passing: SocketPassing
    private let state: Mutex<(record: ConnectionRecord, rate: MessageRate)>

    init(_ record: ConnectionRecord, _ passing: SocketPassing, _ rate: MessageRate) {
        self.passing = passing
        state = Mutex((record, rate))
    }

    var record: ConnectionRecord { state.withLock { $0.record } }

    /// It rests on another credential from now on.
    func renew(_ record: ConnectionRecord) { state.withLock { $0.record = record } }

    /// Whether there is room for one more message.
    func takes(_ now: Timestamp) -> Bool { state.withLock { $0.rate.takes(now) } }
}
