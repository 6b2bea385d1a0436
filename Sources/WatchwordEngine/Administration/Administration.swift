import WatchwordCore

/// The operator's verbs over a realm. They ask for nobody's credentials, so they are for whoever can already read
/// the realm's database: the command line, beside a running server or without one.
///
/// Each verb is one transaction, puts what it changed on record with the address `cli`, and announces it, so that
/// every process on the database stops believing its caches.
public struct Administration: Sendable {
    let engine: Engine

    public init(_ engine: Engine) { self.engine = engine }

    /// Who the record says it was.
    static let caller = Caller(address: ClientAddress(text: "cli", network: "cli"))

    func event(
        _ kind: AuditEvent.Kind, at now: Timestamp, account: Account.ID, session: Session.ID? = nil,
        detail: String = ""
    ) -> AuditEvent {
        engine.event(kind, Self.caller, at: now, account: account, session: session, detail: detail)
    }

    /// Does `body` with the account in one transaction; afterwards this process forgets what it knew of it.
    func change<Output: Sendable>(
        _ reference: AccountReference,
        _ body: @escaping @Sendable (Account, Timestamp, any StoreTransaction) throws -> Outcome<Output>
    ) async throws -> Outcome<Output> {
        let now = engine.clock.now()
        let (id, outcome) = try await engine.store.write { transaction -> (Account.ID?, Outcome<Output>) in
            switch try reference.find(in: transaction) {
            case .refused(let refusal): return (nil, .refused(refusal))
            case .granted(let account): return (account.id, try body(account, now, transaction))
            }
        }
        if let id { engine.memory.apply([.account(id)]) }
        return outcome
    }
}
