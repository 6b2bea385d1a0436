/// A SHA-256 digest: the only form in which tokens and keys are stored.
///
/// Equality may leak through timing; that tells an attacker nothing of a preimage.
public struct TokenDigest: Hashable, Sendable {
    /// Exactly 32 bytes.
    public let bytes: [UInt8]

    public init(_ bytes: [UInt8]) { self.bytes = bytes }
}
