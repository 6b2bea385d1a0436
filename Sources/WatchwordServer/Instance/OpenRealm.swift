import WatchwordCore
import WatchwordCrypto
import WatchwordDialect
import WatchwordEngine

/// A realm ready for use: the dialects it speaks, as they were when it was opened, and the engine behind them.
public struct OpenRealm: Sendable {
    public let reading: RealmReading
    /// In the order of the configuration; at least one.
    public let dialects: [OpenDialect]
    /// The first, with the operator's decisions applied: what commands go by.
    public let dialect: Dialect
    /// Under the terms of that dialect; its store, memory and other ports are those of every dialect.
    public let engine: Engine
    let audit: BufferedAuditTrail
    /// The key pairs that the realm signs with.
    public let signingKeys: SigningKeyKeeper

    public var configuration: RealmConfiguration { reading.configuration }
    public var name: String { configuration.name }
    public var administration: Administration { Administration(engine) }
}
