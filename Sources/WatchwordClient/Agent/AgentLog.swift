import Glibc
import WatchwordCore

/// What the agent's program says while it runs: a line each, with its time, on standard error. Never a secret.
struct AgentLog: Sendable {
    private let clock: any WallClock
    private let say: @Sendable (String) -> Void

    init(clock: any WallClock, say: @escaping @Sendable (String) -> Void = FileBytes.say) {
        self.clock = clock
        self.say = say
    }

    func callAsFunction(_ text: String) {
        say("\(CivilTime(clock.now()).text()) \(text)")
    }
}

/// The machine's clock, in UTC.
struct MachineClock: WallClock {
    func now() -> Timestamp {
        var time = timespec()
        // Cannot fail: the clock exists and the address is ours.
        _ = clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }
}
