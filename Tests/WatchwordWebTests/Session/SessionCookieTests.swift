import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordWeb

@Suite("the cookies of pages")
struct SessionCookieTests {
    @Test("over TLS the session's cookie is the host's own, and no script reads it")
    func attributes() async throws {
        let stage = try Stage()
        try await stage.enrol()
        var browser = Browser(stage)
        let form = try await browser.get("/account/sign-in")
        #expect(form.header("strict-transport-security") == "max-age=31536000")
        #expect(form.setCookies.count == 1)
        #expect(form.setCookies[0].hasPrefix("__Host-watchword-test-form="))
        let field = try #require(try await browser.signIn().setCookies.first)
        #expect(field.hasPrefix("__Host-watchword-test=web_"))
        #expect(field.hasSuffix("; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=43200"))
        #expect(!field.contains("Domain"))
    }

    @Test("on loopback without TLS it is a plain one")
    func plain() async throws {
        let stage = try Stage(settings: { $0.publicURL = "http://127.0.0.1:8000" })
        try await stage.enrol()
        var browser = Browser(stage)
        browser.isSecure = false
        #expect(try await browser.get("/account/sign-in").header("strict-transport-security") == nil)
        let field = try #require(try await browser.signIn().setCookies.first)
        #expect(field.hasPrefix("watchword-test=web_"))
        #expect(!field.contains("Secure"))
        #expect(field.contains("HttpOnly; SameSite=Lax"))
    }

    @Test("a session's end is its cookie's end")
    func ends() async throws {
        let stage = try Stage()
        try await stage.enrol()
        var browser = Browser(stage)
        _ = try await browser.signIn()
        stage.realm.clock.advance(by: .hours(13))
        #expect(try await browser.get("/account/sign-in").status == 200)
    }

    @Test("a realm's name that no cookie may have is written so that it may")
    func names() {
        #expect(CookieNames(realm: ID("my realm;=")).session(isSecure: false) == "watchword-my_realm__")
    }

    @Test("a page's token opens nothing of a dialect, and a dialect's token opens no page, remembered or not")
    func audiences() async throws {
        let stage = try Stage()
        try await stage.enrol()
        let base = stage.engine
        var realm = base.realm
        realm.terms.access = AccessTokenTerms()
        // The worst there could be: a dialect whose tokens are written like those of pages.
        realm.terms.access.format = .opaque(OpaqueFormat(prefix: "web_"))
        realm.siblings = [realm.terms]
        let dialect = Engine(
            realm: realm, store: base.store, hasher: base.hasher, signer: base.signer, sealer: base.sealer,
            commonPasswords: base.commonPasswords, audit: base.audit, throttle: base.throttle, memory: base.memory,
            clock: base.clock, random: base.random)
        let caller = TestRealm.caller()

        var browser = Browser(stage)
        _ = try await browser.signIn()
        #expect(try await browser.get("/account/sign-in").status == 303)
        let web = try #require(browser.cookies["__Host-watchword-test"])
        let presented = PresentedCredential(kind: .access, text: Secret(web))
        #expect(try await dialect.authenticate([presented], caller).refusal?.code == .invalidToken)
        let introspected = try await dialect.perform(
            .introspect, Submission([.token: .string(web)]), caller)
        #expect(introspected.output?.active != true)

        let submission = Submission([.identity: .string(Stage.email), .password: .string(Stage.password)])
        let signedIn = try await dialect.perform(.signIn, submission, caller)
        let bearer = try #require(signedIn.output?.access?.text)
        let own = PresentedCredential(kind: .access, text: bearer)
        #expect(try await dialect.authenticate([own], caller).output != nil)
        var thief = Browser(stage)
        thief.cookies["__Host-watchword-test"] = bearer.revealed
        #expect(try await thief.get("/account/sign-in").status == 200)
    }
}
