import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Seeing users")
struct UsersTests {
    private func scene(_ change: (inout Terms) -> Void = { _ in }) async throws -> Scene {
        var terms = Contract.plain
        terms.accounts.login = [.email, .username]
        terms.accounts.required = [.email, .username]
        terms.accounts.administrators = ["admin"]
        change(&terms)
        return try Scene(terms)
    }

    private func get(
        _ scene: Scene, _ inputs: [InputName: Value], as principal: Principal
    ) async throws -> Outcome<Grant> {
        try await scene.perform(.getUser, Submission(inputs), as: principal)
    }

    /// Everybody's principals: an administrator, and two who are none.
    private func people(_ scene: Scene) async throws -> (boss: Principal, ann: Principal, bob: Principal) {
        var found: [Principal] = []
        for name in ["boss", "ann", "bob"] {
            let id = try await scene.signUp(name).user?.id
            if name == "boss" { try await scene.alter(id) { $0.role = "admin" } }
            found.append(try await scene.principal(try await scene.signIn(name).access))
        }
        return (found[0], found[1], found[2])
    }

    @Test("One's own account is found by id, by `me`, by address and username in any case")
    func own() async throws {
        let scene = try await scene()
        let ann = try await people(scene).ann
        let inputs: [[InputName: Value]] = [
            [.id: .string(ann.account.id.text)], [.id: .string("me")], [.username: .string("ANN")],
            [.email: .string(" Ann@Example.org")],
        ]
        for input in inputs {
            let grant = try granted(await get(scene, input, as: ann))
            #expect(grant.user?.id == ann.account.id)
        }
    }

    @Test("Somebody else's account is not found, as one that is nobody's, and not even looked up")
    func others() async throws {
        let scene = try await scene()
        let (_, ann, bob) = try await people(scene)
        let store = CountingStore(scene.realm.store)
        let engine = scene.realm.engine(store: store)
        let inputs: [[InputName: Value]] = [
            [.id: .string(bob.account.id.text)], [.username: .string("bob")], [.email: .string("bob@example.org")],
            [.id: .string("nobody")], [.username: .string("no@body")], [.email: .string("nonsense")],
        ]
        for input in inputs {
            let outcome = try await engine.perform(
                .getUser, Submission(input), TestRealm.caller(principal: ann))
            #expect(outcome == .refused(.notFound))
        }
        #expect(store.reads == 0)
    }

    @Test("An administrator, or everybody where the contract says so, sees others")
    func seen() async throws {
        let scene = try await scene()
        let (boss, ann, bob) = try await people(scene)
        let inputs: [[InputName: Value]] = [
            [.id: .string(bob.account.id.text)], [.username: .string("BOB")], [.email: .string("bob@example.org")],
        ]
        for input in inputs {
            #expect(try granted(await get(scene, input, as: boss)).user?.id == bob.account.id)
        }
        #expect(try await get(scene, [.id: .string("nobody")], as: boss) == .refused(.notFound))
        #expect(try await get(scene, [.email: .string("nobody@example.org")], as: boss) == .refused(.notFound))
        #expect(try await get(scene, [:], as: boss).refusal?.problems == [InputProblem(.id, .required)])
        #expect(try granted(await get(scene, [.id: .string("me")], as: boss)).user?.id == boss.account.id)

        let open = try await self.scene { $0.accounts.usersSeeUsers = true }
        let people = try await people(open)
        let grant = try granted(await get(open, [.id: .string(people.bob.account.id.text)], as: people.ann))
        #expect(grant.user?.id == people.bob.account.id)
        #expect(ann.account.role == "user")
    }

    @Test("A list is for those who may see others, and for nobody else")
    func forbidden() async throws {
        let scene = try await scene()
        let (boss, ann, _) = try await people(scene)
        #expect(try await scene.perform(.listUsers, as: ann) == .refused(.forbidden))
        let grant = try granted(await scene.perform(.listUsers, as: boss))
        #expect(grant.users.map(\.username) == ["boss", "ann", "bob"])
        #expect(grant.paging == Paging(total: 3, limit: 1_000, offset: 0, count: 3))
        // Who is no longer an administrator is told so with the next request.
        try await scene.alter(boss.account.id) { $0.role = "user" }
        let access = try await scene.signIn("boss").access
        let demoted = try await scene.principal(access)
        #expect(try await scene.perform(.listUsers, as: demoted) == .refused(.forbidden))
    }

    @Test("A list comes by offset or by page, counted from one or from zero")
    func paging() async throws {
        let scene = try await scene { $0.accounts.usersSeeUsers = true }
        let ann = try await people(scene).ann
        let parts: [([InputName: Value], [String], Paging)] = [
            ([.limit: .int(2), .offset: .int(1)], ["ann", "bob"], Paging(total: 3, limit: 2, offset: 1, count: 2)),
            ([.page: .string("2"), .perPage: .string("2")], ["bob"], Paging(total: 3, limit: 2, offset: 2, count: 1)),
            ([.page: .int(2), .limit: .int(1)], ["ann"], Paging(total: 3, limit: 1, offset: 1, count: 1)),
            ([.pageIndex: .int(0), .perPage: .int(1)], ["boss"], Paging(total: 3, limit: 1, offset: 0, count: 1)),
            ([.pageIndex: .int(2), .perPage: .int(1)], ["bob"], Paging(total: 3, limit: 1, offset: 2, count: 1)),
            ([.page: .int(9), .perPage: .int(2)], [], Paging(total: 3, limit: 2, offset: 16, count: 0)),
            ([.search: .string("B")], ["boss", "bob"], Paging(total: 2, limit: 1_000, offset: 0, count: 2)),
            (
                [.search: .string("b"), .limit: .int(1), .offset: .int(1)], ["bob"],
                Paging(total: 2, limit: 1, offset: 1, count: 1)
            ),
            ([.search: .string("%")], [], Paging(total: 0, limit: 1_000, offset: 0, count: 0)),
            ([.search: .string("")], ["boss", "ann", "bob"], Paging(total: 3, limit: 1_000, offset: 0, count: 3)),
        ]
        for (inputs, names, paging) in parts {
            let grant = try granted(await scene.perform(.listUsers, Submission(inputs), as: ann))
            #expect(grant.users.map(\.username) == names)
            #expect(grant.paging == paging)
        }
    }

    @Test("Pages that cannot be are refused, each with its bound")
    func badPages() async throws {
        let scene = try await scene { $0.accounts.usersSeeUsers = true }
        let ann = try await people(scene).ann
        let cases: [([InputName: Value], InputProblem)] = [
            ([.page: .int(0)], InputProblem(.page, .min, bound: 1)),
            ([.pageIndex: .int(-1)], InputProblem(.pageIndex, .min, bound: 0)),
            ([.perPage: .int(1_001)], InputProblem(.perPage, .max, bound: 1_000)),
            ([.perPage: .string("many")], InputProblem(.perPage, .type, expected: "integer")),
            ([.page: .int(.max), .perPage: .int(1_000)], InputProblem(.page, .max, bound: 1_000_000_000)),
            ([.search: .string("a\u{0}b")], InputProblem(.search, .characters)),
        ]
        for (inputs, problem) in cases {
            let refusal = try await scene.perform(.listUsers, Submission(inputs), as: ann).refusal
            #expect(refusal?.code == .validation)
            #expect(refusal?.problems == [problem])
        }
    }

    @Test("A path that names an account must name the caller's own, or `me`")
    func ownPaths() async throws {
        let scene = try await scene { terms in
            terms.apiKeys = APIKeyTerms()
        }
        let (boss, ann, bob) = try await people(scene)
        for operation in WatchwordCore.Operation.allCases
        where operation.signature.acts && operation.signature.optional.contains(.userID) {
            #expect(operation.signature.refusals.contains(.forbidden), "\(operation.rawValue)")
            for foreign in [bob.account.id.text, "nobody", "", "ME"] {
                for principal in [ann, boss] {
                    let outcome = try await scene.perform(
                        operation, Submission([.userID: .string(foreign)]), as: principal)
                    #expect(outcome == .refused(.forbidden), "\(operation.rawValue)")
                }
            }
        }
        for own in [ann.account.id.text, "me"] {
            let submission = Submission([.userID: .string(own)])
            #expect(try granted(await scene.perform(.listSessions, submission, as: ann)).sessions.count == 1)
            #expect(try granted(await scene.perform(.createAPIKey, submission, as: ann)).user?.id == ann.account.id)
        }
    }
}
