import Crypto
import WatchwordCore

/// The one door to a realm: every operation, with its policy and its transaction.
///
/// It holds ports and no state of its own but `memory`, which only ever holds what the store could say again.
public struct Engine: Sendable {
    public let realm: Realm
    public let store: any Store
    public let hasher: any PasswordHasher
    public let signer: any TokenSigner
    public let sealer: any Sealer
    public let commonPasswords: any CommonPasswords
    public let audit: any AuditTrail
    public let throttle: Throttle
    public let memory: Memory
    public let clock: any WallClock
    public let random: any RandomSource

    public init(
        realm: Realm, store: any Store, hasher: any PasswordHasher, signer: any TokenSigner, sealer: any Sealer,
        commonPasswords: any CommonPasswords, audit: any AuditTrail, throttle: Throttle, memory: Memory,
        clock: any WallClock, random: any RandomSource
    ) {
        self.realm = realm
        self.store = store
        self.hasher = hasher
        self.signer = signer
        self.sealer = sealer
        self.commonPasswords = commonPasswords
        self.audit = audit
        self.throttle = throttle
        self.memory = memory
        self.clock = clock
        self.random = random
    }

    var terms: Terms { realm.terms }

    /// An access token under the name by which it is stored and remembered: of an audience of its own it is another text,
    /// which the engines of no other audience can find.
    func addressed(_ token: Secret) -> Secret {
        let audience = terms.access.audience
        return audience.isEmpty ? token : Secret(Array("\(audience.utf8.count):\(audience)/".utf8) + token.bytes)
    }

    /// The form in which a token or key is stored.
    static func digest(_ text: Secret) -> TokenDigest { TokenDigest(Array(SHA256.hash(data: text.bytes))) }
}
