import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Seeing and ending one's sessions")
struct SessionListTests {
    private func login(_ device: String) -> Submission {
        Submission([
            .email: .string("ann@example.org"), .password: .string(Scene.password), .device: .string(device),
        ])
    }

    @Test("One's live sessions come newest first, with what each called itself, and one's own is marked")
    func list() async throws {
        let scene = try Scene(Contract.plain)
        try await scene.signUp("bob")
        _ = try await scene.signIn("bob")
        try await scene.signUp()
        let phone = try granted(await scene.perform(.signIn, login("phone")))
        let laptop = try granted(await scene.perform(.signIn, login("laptop")))
        let gone = try await scene.principal(try await scene.signIn().access)
        _ = try granted(await scene.perform(.signOut, as: gone))
        let principal = try await scene.principal(phone.access)
        let grant = try granted(await scene.perform(.listSessions, as: principal))
        #expect(grant.sessions.map(\.id) == [laptop.session?.id, phone.session?.id])
        #expect(grant.sessions.map(\.device) == ["laptop", "phone"])
        #expect(grant.session?.id == phone.session?.id)
        #expect(grant.user?.id == principal.account.id)
        #expect(grant.paging == Paging(total: 2, limit: 1_000, offset: 0, count: 2))
        let page = Submission([.limit: .int(1), .offset: .int(1)])
        let part = try granted(await scene.perform(.listSessions, page, as: principal))
        #expect(part.sessions.map(\.device) == ["phone"])
        #expect(part.paging == Paging(total: 2, limit: 1, offset: 1, count: 1))
        let far = Submission([.page: .int(1_000_000_000), .perPage: .int(1_000)])
        #expect(try granted(await scene.perform(.listSessions, far, as: principal)).sessions.isEmpty)
    }

    @Test("A device is a line of text of some length")
    func devices() async throws {
        let scene = try Scene(Contract.plain)
        try await scene.signUp()
        let long = try await scene.perform(.signIn, login(String(repeating: "x", count: 257)))
        #expect(long.refusal?.problems == [InputProblem(.device, .max, bound: 256)])
        let odd = try await scene.perform(.signIn, login("a\u{7}b"))
        #expect(odd.refusal?.problems == [InputProblem(.device, .characters)])
    }

    @Test("A session of one's own ends at once with its tokens; no other does")
    func revoke() async throws {
        let scene = try Scene(Contract.rotate)
        try await scene.signUp()
        let one = try await scene.signIn()
        let other = try await scene.signIn()
        let principal = try await scene.principal(one.access)
        _ = try await scene.principal(other.access)
        let id = try #require(other.session?.id)
        let grant = try granted(
            await scene.perform(.revokeSession, Submission([.id: .string(id.text)]), as: principal))
        #expect(grant.session?.id == id)
        #expect(scene.engine.recall([scene.access(other.access)], TestRealm.caller()) == nil)
        #expect(try await scene.authenticate(other.access).refusal == Refusal(.revokedToken))
        #expect(try await scene.refresh(other.refresh).refusal == Refusal(.invalidRefresh))
        _ = try await scene.principal(one.access)
        let again = try await scene.perform(.revokeSession, Submission([.id: .string(id.text)]), as: principal)
        #expect(again == .refused(.notFound))
        #expect(try await scene.events(.sessionRevoke).map(\.outcome) == ["granted", "not_found"])
        let changes = try await scene.realm.store.read { try $0.changes(after: 0) }
        #expect(changes.map(\.change).contains(.session(id)))
    }

    @Test("`current` is the caller's own session")
    func revokeCurrent() async throws {
        let scene = try Scene(Contract.plain)
        try await scene.signUp()
        let one = try await scene.signIn()
        let other = try await scene.signIn()
        let principal = try await scene.principal(one.access)
        let current = Submission([.id: .string("current")])
        _ = try granted(await scene.perform(.revokeSession, current, as: principal))
        #expect(try await scene.authenticate(one.access).refusal == Refusal(.revokedToken))
        _ = try await scene.principal(other.access)
        #expect(try await scene.perform(.revokeSession, current, as: principal) == .refused(.revokedToken))
    }

    @Test("A session that is unknown and one that is another's are not found alike, and stay")
    func foreign() async throws {
        let scene = try Scene(Contract.plain)
        try await scene.signUp("bob")
        let bob = try await scene.signIn("bob")
        try await scene.signUp()
        let principal = try await scene.principal(try await scene.signIn().access)
        let before = try await scene.snapshot()
        for id in [try #require(bob.session?.id.text), "nobody's", "current "] {
            let outcome = try await scene.perform(
                .revokeSession, Submission([.id: .string(id)]), as: principal)
            #expect(outcome == .refused(.notFound))
        }
        #expect(
            try await scene.perform(.revokeSession, as: principal).refusal?.problems == [
                InputProblem(.id, .required)
            ])
        #expect(try await scene.snapshot() == before)
        _ = try await scene.principal(bob.access)
    }

    @Test("Whatever call to the store fails, a session is ended whole or not at all")
    func faults() async throws {
        let scene = try Scene(Contract.plain)
        try await scene.signUp()
        let caller = TestRealm.caller(principal: try await scene.principal(try await scene.signIn().access))
        let id = try #require(try await scene.signIn().session?.id.text)
        let faults = try await scene.faults { engine in
            _ = try await engine.perform(.revokeSession, Submission([.id: .string(id)]), caller)
        }
        #expect(faults > 4)
    }
}
