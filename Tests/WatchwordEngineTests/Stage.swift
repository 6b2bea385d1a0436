import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

/// A realm whose sign-up begins a session, and the steps that its tests take again and again.
struct Stage {
    let realm: TestRealm
    let engine: Engine
    static let password = "correct horse battery"

    init(
        _ name: String = "test", limits: ThrottleLimits = .off, _ change: (inout Terms) -> Void = { _ in }
    ) throws {
        var terms = Terms()
        terms.accounts.signUpSignsIn = true
        change(&terms)
        realm = try TestRealm(name, terms: terms, throttle: Throttle(limits: limits))
        engine = realm.engine()
    }

    /// Signs somebody up and gives the account with the caller that its session makes.
    func enrol(
        _ email: String = "ann@example.com", password: String = Stage.password
    ) async throws -> (account: Account, caller: Caller, access: Secret) {
        let outcome = try await perform(.signUp, [.email: .string(email), .password: .string(password)])
        let grant = try #require(outcome.output)
        let access = try #require(grant.access).text
        return (try #require(grant.user), try await caller(access), access)
    }

    func caller(_ access: Secret) async throws -> Caller {
        let principal: Principal = try #require(try await authenticate(access).output)
        return TestRealm.caller(principal: principal)
    }

    func authenticate(
        _ text: Secret, as kind: PresentedCredential.Kind = .access
    ) async throws -> Outcome<Principal> {
        try await engine.authenticate([PresentedCredential(kind: kind, text: text)], TestRealm.caller())
    }

    func perform(
        _ operation: Operation, _ inputs: [InputName: Value], _ caller: Caller = TestRealm.caller()
    ) async throws -> Outcome<Grant> {
        try await engine.perform(operation, Submission(inputs), caller)
    }

    func signIn(_ password: String, as email: String = "ann@example.com") async throws -> Outcome<Grant> {
        try await perform(.signIn, [.email: .string(email), .password: .string(password)])
    }

    /// Mails of the outbox, newest first.
    func mails() async throws -> [Mail] { try await realm.store.read { try $0.mails(limit: 1_000) } }

    func content(of mail: Mail) throws -> MailContent {
        let opened = try #require(realm.sealer.open(mail.sealed, purpose: MailContent.purpose))
        return try #require(MailContent(decoding: opened))
    }

    /// The token that a mail's link holds.
    func token(in mail: Mail) throws -> String {
        let parts = try #require(try content(of: mail).link).split(separator: "token=")
        return String(try #require(parts.last).prefix { !$0.isWhitespace })
    }

    /// The token of the newest mail of that kind.
    func token(_ kind: Mail.Kind) async throws -> String {
        try token(in: try #require(try await mails().first { $0.kind == kind }))
    }

    /// Asks for a link and gives its token.
    func requestReset(_ email: String = "ann@example.com") async throws -> String {
        let outcome = try await perform(.requestReset, [.email: .string(email)])
        try #require(outcome.output != nil)
        return try await token(.reset)
    }

    func account(_ id: Account.ID) async throws -> Account {
        try #require(try await realm.store.read { try $0.account(id) })
    }

    func events(_ kind: AuditEvent.Kind) async throws -> [AuditEvent] {
        try await realm.store.read { try $0.auditEvents(of: nil, limit: 1_000) }.filter { $0.kind == kind }
    }
}

extension Engine {
    /// The same engine with other ports.
    func with(
        realm: Realm? = nil, store: (any Store)? = nil, hasher: (any PasswordHasher)? = nil,
        sealer: (any Sealer)? = nil, memory: Memory? = nil
    ) -> Engine {
        Engine(
            realm: realm ?? self.realm, store: store ?? self.store, hasher: hasher ?? self.hasher, signer: signer,
            sealer: sealer ?? self.sealer, commonPasswords: commonPasswords, audit: audit, throttle: throttle,
            memory: memory ?? self.memory, clock: clock, random: random)
    }
}
