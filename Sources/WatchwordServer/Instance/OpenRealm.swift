import WatchwordCore
import WatchwordCrypto
import WatchwordDialect
import WatchwordEngine

/// A realm ready for use: its engine, and the dialect it speaks.
public struct OpenRealm: Sendable {
    public let configuration: RealmConfiguration
    /// With the operator's decisions applied.
    public let dialect: Dialect
    /// What is legal in the dialect but risky.
    public let notes: [Diagnostic]
    public let engine: Engine
    let audit: BufferedAuditTrail
    /// The key pairs that the realm signs with.
    public let signingKeys: SigningKeyKeeper

    public var name: String { configuration.name }
    public var administration: Administration { Administration(engine) }
}
