/// One key pair of a realm, as an operator sees it: nothing secret.
public struct SigningKeyStanding: Hashable, Sendable {
    /// The dialect's name of the key.
    public var name: String
    /// The `kid` of its tokens.
    public var id: String
    public var algorithm: SigningAlgorithm
    public var state: State
    /// Nothing for a key from the operator.
    public var signsFrom: Timestamp?
    /// Nothing while no key follows it.
    public var verifiesUntil: Timestamp?

    public enum State: String, Hashable, Sendable, CaseIterable {
        /// Published, and not yet signing.
        case next
        case signing
        case verifying
    }

    public init(
        name: String, id: String, algorithm: SigningAlgorithm, state: State, signsFrom: Timestamp? = nil,
        verifiesUntil: Timestamp? = nil
    ) {
        self.name = name
        self.id = id
        self.algorithm = algorithm
        self.state = state
        self.signsFrom = signsFrom
        self.verifiesUntil = verifiesUntil
    }
}

/// What an operator's wish for another signing key came to.
public enum SigningKeyRotation: Hashable, Sendable {
    /// The next key is published, and signs from that moment on.
    case published(id: String, signsFrom: Timestamp)
    /// No key pair has that name; those there are.
    case unknown(names: [String])
    /// The key is the operator's, who changes it where it is kept.
    case given
}
