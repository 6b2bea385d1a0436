import WatchwordCore

/// How often things may be tried. The defaults let a test suite of a few hundred sign-ins pass, and leave a
/// guesser some 2,900 tries a day at one account from one address.
public struct ThrottleLimits: Hashable, Sendable {
    /// Costly requests (a hash, a mail, the look-up of a secret) of one address: an IPv4 address or an IPv6 /64.
    public var address: Limit? = Limit(burst: 600, every: 100_000)
    /// Failed attempts at one account from one address; a success takes nothing.
    public var attempt: Limit? = Limit(burst: 10, every: 30_000_000)
    /// Failed attempts at one account from everywhere. Beyond it nobody is shut out: an address from which the
    /// account was not opened of late has `tightBurst` attempts instead of the full burst.
    public var pressure = Limit(burst: 50, every: 30_000_000)
    public var tightBurst: Int64 = 3
    /// Mails asked for one mailbox.
    public var mailbox: Limit? = Limit(burst: 5, every: 120_000_000)
    /// Notices of one kind to one mailbox.
    public var notice: Limit? = Limit(burst: 10, every: 3_600_000_000)
    /// Wrong guesses at the short codes mailed to one account, from everywhere: some 140 a day, beside the five that one
    /// code bears. Who is shut out by a stranger's guesses can still sign in with the password.
    public var code: Limit? = Limit(burst: 20, every: 600_000_000)
    /// Requests of one API key.
    public var key: Limit? = Limit(burst: 1_000, every: 2_000)
    /// Records of being throttled, of one address.
    public var record = Limit(burst: 5, every: 60_000_000)
    /// Addresses, accounts and keys watched at most; those that tried least are dropped first.
    public var capacity = 65_536

    public init() {}

    /// No limit at all, for tests of other things and for benchmarks.
    public static var off: ThrottleLimits {
        var limits = ThrottleLimits()
        limits.address = nil
        limits.attempt = nil
        limits.mailbox = nil
        limits.notice = nil
        limits.code = nil
        limits.key = nil
        return limits
    }
}

/// So many at once, then one more in each interval.
public struct Limit: Hashable, Sendable {
    public var burst: Int64
    /// Microseconds.
    public var interval: Int64

    public init(burst: Int64, every interval: Int64) {
        self.burst = max(1, burst)
        self.interval = max(1, interval)
    }
}
