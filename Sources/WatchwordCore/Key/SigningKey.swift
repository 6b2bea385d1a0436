/// A key that signs tokens, its algorithm pinned (RFC 8725 section 3.1).
public struct SigningKey: Sendable {
    public var algorithm: SigningAlgorithm
    public var secret: Secret

    public init(algorithm: SigningAlgorithm, secret: Secret) {
        self.algorithm = algorithm
        self.secret = secret
    }
}
