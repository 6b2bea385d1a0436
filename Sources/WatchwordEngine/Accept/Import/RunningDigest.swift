import Crypto
import WatchwordCore

/// The SHA-256 of what has been read so far.
public struct RunningDigest: Sendable {
    private var hash = SHA256()

    public init() {}

    public mutating func add(_ bytes: some Sequence<UInt8>) { hash.update(data: Array(bytes)) }

    /// Of everything added until now; more may follow.
    public var digest: TokenDigest { TokenDigest(Array(hash.finalize())) }
}
