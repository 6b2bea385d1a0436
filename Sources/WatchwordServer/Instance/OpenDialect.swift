import WatchwordCore
import WatchwordDialect
import WatchwordEngine

/// A dialect that a realm speaks, ready for use: the engine under its terms, over what all dialects of the realm share.
public struct OpenDialect: Sendable {
    public let spoken: SpokenDialect
    /// With the operator's decisions applied.
    public let dialect: Dialect
    /// What is legal in it but risky.
    public let notes: [Diagnostic]
    public let engine: Engine
}

extension OpenDialect {
    /// The realm's dialects, each with an engine over the ports of `base`.
    static func open(_ realm: RealmReading, over base: Engine) -> [OpenDialect] {
        let terms = realm.dialects.map(\.dialect.terms)
        return realm.dialects.enumerated().map { place, reading in
            var name = Realm(
                id: base.realm.id, publicURL: realm.configuration.publicURL(of: reading.spoken),
                terms: reading.dialect.terms)
            name.notices = base.realm.notices
            name.siblings = terms.enumerated().filter { $0.offset != place }.map(\.element)
            return OpenDialect(
                spoken: reading.spoken, dialect: reading.dialect, notes: reading.notes, engine: base.speaking(as: name))
        }
    }
}

extension Engine {
    /// The same store, memory and other ports under other terms.
    func speaking(as realm: Realm) -> Engine {
        Engine(
            realm: realm, store: store, hasher: hasher, signer: signer, sealer: sealer,
            commonPasswords: commonPasswords, audit: audit, throttle: throttle, memory: memory, clock: clock,
            random: random)
    }
}
