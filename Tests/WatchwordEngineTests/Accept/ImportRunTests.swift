import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("An import")
struct ImportRunTests {
    @Test("tells doubles: of an id, an address, a username, in the file and in the realm")
    func doubles() async throws {
        let old = try ImportScene()
        try await old.scene.signUp("native")
        let outcome = try await old.take([
            ImportScene.person(1, ["username": .string("one")]), ImportScene.person(1, ["username": .string("two")]),
            ImportScene.person(2, ["email": .string("P1@Example.org")]),
            ImportScene.person(3, ["username": .string("ONE")]),
            ImportScene.person(4, ["email": .string("native@example.org")]),
            ImportScene.person(1, ["username": .string("one")]), ImportScene.person(5),
        ])
        #expect(
            outcome.verdicts == [
                .imported, .refused([.differs]), .refused([.emailTaken]), .refused([.usernameTaken]),
                .refused([.emailTaken]), .present, .imported,
            ])
        #expect(outcome.counts == ImportCounts(imported: 2, present: 1, refused: 4))
    }

    @Test("refuses an id that an account of the realm has, and what was deleted since it came")
    func ids() async throws {
        let old = try ImportScene()
        let native = try #require(try await old.scene.signUp("native").user)
        #expect(try await old.reasons(ImportScene.ann(["id": .string(native.id.text)])) == [.idTaken])
        try await old.take([ImportScene.ann()])
        _ = try granted(await old.administration.delete(AccountReference(ID(ImportScene.ann))))
        #expect(try await old.reasons(ImportScene.ann()) == [.deleted])
    }

    @Test("run again does nothing")
    func again() async throws {
        let old = try ImportScene()
        let records = (1...50).map { ImportScene.person($0) }
        try await old.take(records)
        let before = try await old.scene.snapshot()
        let outcome = try await old.take(records)
        #expect(outcome.counts == ImportCounts(present: 50))
        #expect(try await old.scene.snapshot() == before)
    }

    @Test("without a word of ids gives new ones, keeps the old known, and knows its records again")
    func newIDs() async throws {
        let old = try ImportScene(Contract.rotate) {
            $0.accepted.tokens = [AcceptedToken(key: "main", until: ImportScene.sunset)]
        }
        try await old.scene.signUp("native")
        let records =
            ["1", "abc"].map { id in
                ImportScene.ann([
                    "id": .string(id), "email": .string("\(id)@example.org"), "username": .string("u\(id)"),
                ])
            } + [ImportScene.ann(["id": .null, "username": .string("ann")])]
        let options = ImportOptions(newIDs: true)
        #expect(try await old.take(records, options).verdicts == [.imported, .imported, .imported])
        #expect(try await old.take(records, options).verdicts == [.present, .present, .present])
        let refused = [ImportScene.ann(["id": .string("9"), "username": .string("u1")])]
        _ = try await old.take(refused, options)
        #expect(try await old.account("1")?.email == "native@example.org")
        #expect(try await old.account("2")?.email == "1@example.org")
        // The old issuer's token names the old id, which is somebody else's here.
        let token = try old.scene.realm.signer.sign(
            [Value.Member("sub", .string("1")), Value.Member("exp", .int(old.scene.now.seconds + 60))], with: "main")
        let principal = try granted(
            await old.engine.authenticate(
                [PresentedCredential(kind: .access, text: token)], TestRealm.caller()))
        #expect(principal.account.email == "1@example.org")
        // A refused record used no number up.
        let next = try #require(try await old.scene.signUp("zoe").user)
        #expect(next.id.text == "5")
    }

    @Test("puts the counter of ids past those it brings")
    func counter() async throws {
        let old = try ImportScene(Contract.rotate)
        let record = ImportScene.ann(["id": .string("41"), "username": .string("ann")])
        try await old.take([record, ImportScene.ann(["id": .string("99"), "username": .string("ann")])])
        #expect(try await old.scene.signUp("bob").user?.id.text == "42")
    }

    @Test("that is dry checks everything, doubles across batches too, and writes nothing")
    func dry() async throws {
        let old = try ImportScene()
        let before = try await old.scene.snapshot()
        let accounts = try await AccountImport(old.administration, ImportOptions(isDry: true))
        #expect(
            try await old.take([ImportScene.person(1), ImportScene.person(2)], by: accounts).verdicts == [
                .imported, .imported,
            ])
        let outcome = try await old.take(
            [
                ImportScene.person(1, ["email": .string("x@example.org")]),
                ImportScene.person(3, ["email": .string("p2@example.org")]),
                ImportScene.person(4, ["role": .string("root")]), ImportScene.person(5),
            ], by: accounts)
        #expect(
            outcome.verdicts == [
                .refused([.repeated("id")]), .refused([.repeated("email")]),
                .refused([.rule(InputProblem(.field("role"), .choice))]), .imported,
            ])
        #expect(outcome.counts == ImportCounts(imported: 3, refused: 3))
        #expect(try await old.scene.snapshot() == before)
        #expect(try await old.administration.importRun(ImportScene.digest(1)) == nil)
    }

    @Test("says in each batch's own transaction how far it has come")
    func progress() async throws {
        let old = try ImportScene()
        try await old.take([ImportScene.person(1)], place: 7)
        let run = try #require(try await old.administration.importRun(ImportScene.digest(1)))
        #expect(run.offset == 7 && run.line == 7 && run.reported == 1 && run.counts.imported == 1)
        // A report that cannot be written takes the batch back.
        let accounts = try await AccountImport(old.administration, ImportOptions(), counts: run.counts)
        await #expect(throws: Fault.self) {
            try await accounts.take(
                [ImportItem(line: 8, .record(ImportScene.person(2)))], upTo: ImportScene.place(8)
            ) { _ in throw Fault(.diskFull, "full") }
        }
        #expect(try await old.administration.importRun(ImportScene.digest(1)) == run)
        #expect(accounts.counts == run.counts)
    }

    @Test("is whole or nothing of a batch, wherever the store fails")
    func faults() async throws {
        let old = try ImportScene()
        let token = Value.array([.object([Value.Member("token", .string("abc"))])])
        let faults = try await old.scene.faults { engine in
            let accounts = try await AccountImport(Administration(engine), ImportOptions())
            try await old.take([ImportScene.person(1, ["tokens": token]), ImportScene.person(2)], by: accounts)
        }
        #expect(faults > 10)
    }

    @Test("keeps no hash and no token in what it reports")
    func secrets() async throws {
        let old = try ImportScene()
        let log = ResultLog()
        let accounts = try await AccountImport(old.administration, ImportOptions())
        let record = ImportScene.ann([
            "password_hash": .string("s3cret-hash"),
            "tokens": .array([
                .object([Value.Member("token", .string("s3cret-token")), Value.Member("kind", .string("x"))])
            ]),
        ])
        try await accounts.take([ImportItem(line: 1, .record(record))], upTo: ImportScene.place(1)) { log.add($0) }
        #expect(!"\(log.results)".contains("s3cret"))
    }
}
