import Crypto
import WatchwordCore

/// A credential's SHA-256 digest in four words: the key of the cache, made without touching the heap.
struct CredentialKey: Hashable, Sendable {
    private let words: (UInt64, UInt64, UInt64, UInt64)

    init(_ text: Secret) {
        words = SHA256.hash(data: text.bytes).withUnsafeBytes { bytes in
            (
                bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
            )
        }
    }

    /// Which of `count` shards holds it; `count` is a power of two.
    func shard(of count: Int) -> Int { Int(truncatingIfNeeded: words.3) & (count - 1) }

    static func == (left: CredentialKey, right: CredentialKey) -> Bool { left.words == right.words }

    /// One word is enough: only credentials that were verified become keys, so nobody chooses their digests.
    func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
