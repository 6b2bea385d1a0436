import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("A record of another system")
struct ImportRecordTests {
    @Test("becomes an account with every part of it")
    func whole() async throws {
        let old = try ImportScene(Contract.plain) {
            $0.accounts.fields = [
                FieldTerms(name: "plan", type: .string, initial: .string("free")), FieldTerms(name: "age", type: .int),
                FieldTerms(name: "beta", type: .bool), FieldTerms(name: "tags", type: .json),
            ]
        }
        let hash = try granted(await old.scene.realm.hasher.hash(Secret(Scene.password)))
        let record = try ImportScene.record(
            """
            {"id":"\(ImportScene.ann.uppercased())","email":" Ann@Example.org ","email_verified":1,"username":"Ann",
             "name":"Ann Lee","role":"admin","fields":{"plan":"pro","age":41,"tags":["a"]},"fields.beta":"t",
             "password_hash":"\(hash)","disabled":false,"created_at":"2024-02-29 12:00:00","updated_at":1730000000000,
             "password_changed_at":1720000000,"usage_count":3,"usage_limit":9,"tokens":[]}
            """)
        #expect(try await old.take([record]).verdicts == [.imported])
        let account = try #require(try await old.account())
        #expect(account.email == "Ann@Example.org" && account.username == "Ann" && account.name == "Ann Lee")
        #expect(account.emailVerified && !account.disabled && account.role == "admin")
        #expect(
            account.fields == [
                "plan": .string("pro"), "age": .int(41), "beta": .bool(true), "tags": .array([.string("a")]),
            ])
        #expect(account.usageCount == 3 && account.usageLimit == 9)
        #expect(account.createdAt == Timestamp(reading: "2024-02-29T12:00:00Z"))
        #expect(account.updatedAt == Timestamp(seconds: 1_730_000_000))
        let kept = try await old.scene.realm.store.read { try $0.passwordCredential(of: ID(ImportScene.ann)) }
        #expect(kept?.changedAt == Timestamp(seconds: 1_720_000_000))
        _ = try granted(await old.scene.perform(.signIn, Scene.login()))
        #expect(try await old.scene.events(.accountImport).map(\.accountID?.text) == [ImportScene.ann])
    }

    @Test("needs little: what is not said is what a new account has")
    func little() async throws {
        let old = try ImportScene(Contract.plain)
        #expect(try await old.take([ImportScene.ann(["name": .string("")])]).verdicts == [.imported])
        let account = try #require(try await old.account())
        #expect(account.role == "user" && !account.emailVerified && !account.disabled && account.name == nil)
        #expect(account.createdAt == old.scene.now)
        #expect(try await old.scene.perform(.signIn, Scene.login()).refusal == Refusal(.invalidCredentials))
    }

    @Test("as a table has it is text throughout")
    func table() async throws {
        let old = try ImportScene(Contract.rotate)
        let record = try ImportScene.record(
            """
            {"id":"7","email":"ann@example.org","username":"ann","email_verified":"0","disabled":"TRUE",
             "fields.is_premium":"yes","usage_count":"12","created_at":"1700000000.5","updated_at":"","tokens":""}
            """)
        #expect(try await old.take([record]).verdicts == [.imported])
        let account = try #require(try await old.account("7"))
        #expect(account.disabled && !account.emailVerified && account.usageCount == 12)
        #expect(account.fields == ["is_premium": .bool(true)])
        #expect(account.createdAt == Timestamp(microseconds: 1_700_000_000_500_000))
        #expect(account.updatedAt == account.createdAt)
    }

    @Test(
        "is refused for each part that cannot stand, and for all of them at once",
        arguments: [
            (["id": .null], [.idMissing]), (["id": .string("42")], [.idForm]),
            (["id": .bool(true)], [.type("id", expected: "text"), .idMissing]),
            (["email": .null], [.rule(InputProblem(.email, .required))]),
            (["email": .string("ann")], [.rule(InputProblem(.email, .email))]),
            (["email": .array([])], [.type("email", expected: "text"), .rule(InputProblem(.email, .required))]),
            (["username": .string("a@b")], [.rule(InputProblem(.username, .username))]),
            (["name": .string("a\u{0}b")], [.rule(InputProblem(.name, .characters))]),
            (["role": .string("root")], [.rule(InputProblem(.field("role"), .choice))]),
            (["fields.plan": .string("x")], [.rule(InputProblem(.field("plan"), .choice))]),
            (["fields": .string("x")], [.type("fields", expected: "an object")]),
            (["is_active": .bool(true)], [.unknown("is_active")]),
            (["disabled": .string("perhaps")], [.type("disabled", expected: "true or false")]),
            (["disabled": .int(2)], [.type("disabled", expected: "true or false")]),
            (["usage_count": .int(-1)], [.type("usage_count", expected: "a whole number, 0 or more")]),
            (["created_at": .string("yesterday")], [moment("created_at")]),
            (["updated_at": .int(.max)], [moment("updated_at")]),
            (["updated_at": .double(1e300)], [moment("updated_at")]),
            (["password_hash": .string("hunter2")], [.hash(.unknownFormat)]),
            (["tokens": .string("x")], [.type("tokens", expected: "a list")]),
            (["tokens": .array([.string("x")])], [.token(0, .malformed)]),
            (["tokens": tokens(["token": .string("x"), "digest": .string("y")])], [.token(0, .malformed)]),
            (["tokens": tokens(["token": .string("")])], [.token(0, .malformed)]),
            (["tokens": tokens(["token": .string("x"), "scope": .null])], [.token(0, .malformed)]),
            (["tokens": tokens(["digest": .string("abc")])], [.token(0, .digest)]),
            (["tokens": tokens(["token": .string("x"), "kind": .string("id")])], [.token(0, .kind)]),
            (["tokens": tokens(["token": .string("x"), "kind": .string("refresh")])], [.token(0, .noRefresh)]),
            (["tokens": tokens(["token": .string("x"), "expires_at": .string("soon")])], [.token(0, .moment)]),
            (["tokens": tokens(["token": .string("x")], ["token": .string("x")])], [.token(1, .taken)]),
            (
                ["id": .null, "role": .string("root"), "disabled": .string("x")],
                [
                    .idMissing, .type("disabled", expected: "true or false"),
                    .rule(InputProblem(.field("role"), .choice)),
                ]
            ),
        ] as [([String: Value], [ImportReason])])
    func refused(_ changes: [String: Value], _ reasons: [ImportReason]) async throws {
        let old = try ImportScene(Contract.plain)
        #expect(try await old.reasons(ImportScene.ann(changes)) == reasons)
        #expect(try await old.reasons(.array([.int(1)])).contains(.unreadable("it is no object")))
    }

    private static func moment(_ name: String) -> ImportReason {
        .type(name, expected: "a moment: RFC 3339, SQL, or seconds or milliseconds since 1970")
    }

    private static func tokens(_ items: [String: Value]...) -> Value {
        .array(items.map { .object($0.sorted { $0.key < $1.key }.map { Value.Member($0.key, $0.value) }) })
    }

    @Test("brings tokens only where the dialect takes them")
    func noTokens() async throws {
        let old = try ImportScene { $0.accepted.opaqueUntil = nil }
        let token = Self.tokens(["token": .string("x")])
        #expect(try await old.reasons(ImportScene.ann(["tokens": token])) == [.tokensNotAccepted])
    }

    @Test("brings a hash of another kind only where the dialect takes it, and one of ours always")
    func hashes() async throws {
        let hasher = NamingHasher(try TestRealm().hasher)
        for (accepted, isGood) in [([], false), ([.bcrypt], true), ([.argon2], false)] as [([PasswordHashFormat], Bool)]
        {
            let old = try ImportScene { $0.accepted.passwords = accepted }
            let engine = old.engine.with(hasher: hasher)
            let accounts = try await AccountImport(Administration(engine), ImportOptions())
            let record = ImportScene.ann(["password_hash": .string("$2b$12$something")])
            let verdict = try await old.take([record], by: accounts).verdicts.first
            #expect(verdict == (isGood ? .imported : .refused([.hashNotAccepted(.bcrypt)])))
        }
        let old = try ImportScene()
        let engine = old.engine.with(hasher: hasher)
        let accounts = try await AccountImport(Administration(engine), ImportOptions())
        let verdicts = try await old.take(
            [
                ImportScene.ann(["password_hash": .string("$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA")]),
                ImportScene.person(1, ["password_hash": .string("$argon2id$v=19$m=64,t=1,p=1$c2FsdA$aGFzaA")]),
            ], by: accounts
        ).verdicts
        #expect(verdicts == [.refused([.hashNotAccepted(.argon2)]), .imported])
        let kinds = try await Administration(engine).passwordKinds()
        #expect(kinds == [.current: 1])
    }
}

/// Knows the kinds of hashes by their first characters, and makes what the realm's own hasher makes.
private struct NamingHasher: PasswordHasher {
    let base: any PasswordHasher

    init(_ base: any PasswordHasher) { self.base = base }

    func hash(_ password: Secret) async throws -> Outcome<String> { try await base.hash(password) }
    func verify(_ password: Secret, against hash: String?) async throws -> Outcome<PasswordVerdict> {
        try await base.verify(password, against: hash)
    }
    func format(of hash: String) -> PasswordHashFormat? {
        hash.hasPrefix("$2b$") ? .bcrypt : hash.hasPrefix("$argon2") ? .argon2 : nil
    }
    func check(hash: String) -> PasswordHashProblem? { format(of: hash) == nil ? .unknownFormat : nil }
}
