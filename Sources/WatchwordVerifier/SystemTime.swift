import WatchwordCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The machine's clock, in UTC.
public struct SystemTime: WallClock {
    public init() {}

    public func now() -> Timestamp {
        var time = timespec()
        // Cannot fail: the clock exists and the address is ours.
        _ = clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }
}
