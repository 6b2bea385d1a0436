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
    let signingKeys: SigningKeyKeeper

    public var configuration: RealmConfiguration { reading.configuration }
    public var name: String { configuration.name }
    public var administration: Administration { Administration(engine) }

    /// Every key pair that signs, verifies or soon will. Throws `Fault`.
    public func signingKeyStandings() async throws -> [SigningKeyStanding] { try await signingKeys.standings() }

    /// Publishes the next key pair of that name; `soon` lets it sign in seconds and not after the overlap. Throws `Fault`.
    public func rotateSigningKey(_ name: String?, soon: Bool) async throws -> SigningKeyRotation {
        try await signingKeys.rotate(name, soon: soon)
    }
}
