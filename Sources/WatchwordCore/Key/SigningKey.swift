/// A key that signs tokens, its algorithm pinned (RFC 8725 section 3.1).
public struct SigningKey: Sendable {
    public var algorithm: SigningAlgorithm
    public var secret: Secret

    public init(algorithm: SigningAlgorithm, secret: Secret) {
        self.algorithm = algorithm
        self.secret = secret
    }
}

/// The `alg` values of RFC 7518 section 3.1 that a realm can sign with; `none` is not among them.
public enum SigningAlgorithm: String, Hashable, Sendable, CaseIterable {
    case hs256 = "HS256"
    case hs384 = "HS384"
    case hs512 = "HS512"

    /// RFC 7518 section 3.2: a key at least as long as the hash.
    public var minimumBytes: Int {
        switch self {
        case .hs256: 32
        case .hs384: 48
        case .hs512: 64
        }
    }
}
