/// A private key that the realm has made for itself: one generation of the keys of a name, sealed.
///
/// It is published when it is stored, signs from `signsFrom` until the next generation does, and verifies until
/// every token that it can have signed is past its end.
public struct SigningKeyRecord: Hashable, Sendable {
    public typealias ID = WatchwordCore.ID<SigningKeyRecord>

    /// The `kid` of its tokens (RFC 7638).
    public var id: ID
    /// The dialect's name of the key.
    public var name: String
    /// 1, 2, 3, ...: of two processes that make the next one, the store takes the first.
    public var generation: Int64
    public var algorithm: SigningAlgorithm
    public var sealed: [UInt8]
    public var createdAt: Timestamp
    public var signsFrom: Timestamp
    /// The end of the last token that it can have signed; nothing while no key follows it.
    public var expiresAt: Timestamp?

    public init(
        id: ID, name: String, generation: Int64, algorithm: SigningAlgorithm, sealed: [UInt8], createdAt: Timestamp,
        signsFrom: Timestamp, expiresAt: Timestamp? = nil
    ) {
        self.id = id
        self.name = name
        self.generation = generation
        self.algorithm = algorithm
        self.sealed = sealed
        self.createdAt = createdAt
        self.signsFrom = signsFrom
        self.expiresAt = expiresAt
    }
}
