import WatchwordCore

/// What a realm asks of the key pairs of one name.
public struct KeyRingTerms: Sendable {
    /// The dialect's name of the key.
    public var name: String
    public var algorithm: SigningAlgorithm
    /// Keys from the operator: the first signs, the rest verify. None: the realm makes its own.
    public var given: [SigningKey]
    /// Whether the operator gave a key before and this process lacks it, such as a command in a shell without the
    /// variable: then none is made in its place.
    public var isAwaited: Bool
    /// How long a key that the realm made signs; nothing for ever.
    public var every: Lifetime?
    /// How long the next key is published before it signs.
    public var overlap: Lifetime
    /// The longest that a token signed with it can be good.
    public var longestToken: Lifetime

    public init(
        name: String, algorithm: SigningAlgorithm, given: [SigningKey] = [], isAwaited: Bool = false,
        every: Lifetime? = nil,
        overlap: Lifetime = .hours(24), longestToken: Lifetime
    ) {
        self.name = name
        self.algorithm = algorithm
        self.given = given
        self.isAwaited = isAwaited
        self.every = every
        self.overlap = overlap
        self.longestToken = longestToken
    }
}
