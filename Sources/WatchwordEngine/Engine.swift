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

    /// The form in which a token or key is stored.
    static func digest(_ text: Secret) -> Digest { Digest(Array(SHA256.hash(data: text.bytes))) }

    /// Does one operation with what a request submitted.
    ///
    /// An operation that acts for somebody needs `caller.principal`; without one it refuses `missingToken`.
    public func perform(
        _ operation: Operation, _ submission: Submission, _ caller: Caller
    ) async throws -> Outcome<Grant> {
        switch operation {
        case .signUp: try await signUp(submission, caller)
        case .signIn: try await signIn(submission, caller)
        case .refresh: try await refresh(submission, caller)
        case .renew: try await renew(caller)
        case .whoAmI: whoAmI(caller)
        case .changePassword: try await changePassword(submission, caller)
        case .signOut: try await signOut(submission, caller)
        case .verifyEmail: try await verifyEmail(submission, caller)
        case .requestVerification: try await requestVerification(submission, caller)
        case .requestReset: try await requestReset(submission, caller)
        case .resetPassword: try await resetPassword(submission, caller)
        case .createAPIKey: try await createAPIKey(submission, caller)
        case .listAPIKeys: try await listAPIKeys(submission, caller)
        case .revokeAPIKey: try await revokeAPIKey(submission, caller)
        case .registerAgent: try await registerAgent(submission, caller)
        case .listAgents: try await listAgents(submission, caller)
        }
    }
}
