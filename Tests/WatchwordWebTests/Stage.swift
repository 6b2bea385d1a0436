import Logging
import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordWeb

/// A realm with a site over it.
final class Stage: Sendable {
    let realm: TestRealm
    let engine: Engine
    let site: AccountSite
    let dialects: [Dialect]

    init(
        throttle: Throttle = Throttle(limits: .off), settings change: (inout SiteSettings) -> Void = { _ in },
        terms changeTerms: (inout Terms) -> Void = { _ in }, routes changeRoutes: (inout [Route]) -> Void = { _ in },
        dialect changeDialect: (inout Dialect) -> Void = { _ in }
    ) throws {
        var terms = Terms()
        terms.accounts.fields = [FieldTerms(name: "full_name", type: .string)]
        terms.verify = OneTimeTokenTerms(
            lifetime: .hours(24), link: [.publicURL, .text("/verify?token="), .token])
        terms.reset = OneTimeTokenTerms(
            lifetime: .hours(1), link: [.publicURL, .text("/_/#/auth/confirm-password-reset/"), .token])
        changeTerms(&terms)
        var dialect = Dialect(name: "test", version: "1", summary: "a contract for the tests of pages")
        dialect.terms = terms
        var signUp = Route(method: "POST", path: [.literal("register")], operation: .signUp, reply: Reply(status: 200))
        signUp.bindings = [.name, .field("full_name")].map { Binding($0, [.body([$0.text])]) }
        dialect.routes = [signUp]
        changeRoutes(&dialect.routes)
        changeDialect(&dialect)
        dialects = [dialect]
        realm = try TestRealm(terms: Terms.ofPages([terms], session: .hours(12)), throttle: throttle)
        engine = realm.engine()
        var settings = SiteSettings(name: "Example", publicURL: "https://auth.example")
        change(&settings)
        site = try AccountSite(
            engine: engine, dialects: dialects, settings: settings, logger: Logger(label: "test"))
    }
}

extension Stage {
    static let email = "ada@example.org"
    static let password = "a long enough password"

    /// Makes an account through the engine.
    func enrol(_ email: String = Stage.email, name: String? = nil) async throws {
        var submission = Submission([.email: .string(email), .password: .string(Stage.password)])
        if let name { submission[.name] = .string(name) }
        let outcome = try await engine.perform(.signUp, submission, TestRealm.caller("198.51.100.9"))
        guard outcome.output != nil else { throw Fault(.invariant, "signing up was refused") }
    }
}

extension Browser {
    /// Signs in by the page.
    mutating func signIn(
        _ email: String = Stage.email, password: String = Stage.password, page: String = "/account/sign-in"
    ) async throws -> WireResponse {
        try await submit(page, [("identity", email), ("password", password)])
    }
}

extension Stage {
    /// What the newest mail of that kind says.
    func mail(_ kind: Mail.Kind) async throws -> MailContent {
        let mails = try await realm.store.read { try $0.mails(limit: 100) }
        let mail = try #require(mails.first { $0.kind == kind })
        let opened = try #require(realm.sealer.open(mail.sealed, purpose: MailContent.purpose))
        return try #require(MailContent(decoding: opened))
    }

    /// Its link, from the root.
    func link(_ kind: Mail.Kind) async throws -> String {
        let link = try #require(try await mail(kind).link)
        return String(link.dropFirst("https://auth.example".count))
    }

    func sessions(_ email: String = Stage.email) async throws -> [Session] {
        let account = try await account(email)
        return try await realm.store.read { [clock = realm.clock] in
            try $0.sessions(of: account.id, liveAt: clock.now())
        }
    }
}
