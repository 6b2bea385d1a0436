import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordWeb

@Suite("signing up on a page")
struct SignUpPageTests {
    let stage: Stage

    init() throws { stage = try Stage() }

    private func signUp(_ browser: inout Browser, _ email: String) async throws -> WireResponse {
        try await browser.submit(
            "/account/sign-up",
            [("email", email), ("name", "Ada"), ("fields.full_name", "Ada L."), ("password", Stage.password)])
    }

    @Test("the form has what the contract registers, and the account has what was typed")
    func fields() async throws {
        var browser = Browser(stage)
        let form = try await browser.get("/account/sign-up")
        for name in ["email", "name", "fields.full_name", "password"] {
            #expect(form.text.contains("name=\"\(name)\""))
        }
        #expect(!form.text.contains("name=\"username\""))
        #expect(form.text.contains("autocomplete=\"new-password\""))
        #expect(form.text.contains("At least 8 characters"))
        let answer = try await signUp(&browser, Stage.email)
        #expect(answer.location == "/account/sign-in?done=signed_up_mail")
        let account = try await stage.account()
        #expect(account.name == "Ada")
        #expect(account.fields["full_name"] == .string("Ada L."))
        #expect(try await browser.get("/account/sign-in?done=signed_up_mail").text.contains("check your mail"))
    }

    @Test("an address that is taken is answered like a free one, and its owner is told")
    func taken() async throws {
        try await stage.enrol()
        var browser = Browser(stage)
        _ = try await browser.get("/account/sign-up")
        let taken = try await signUp(&browser, Stage.email)
        let free = try await signUp(&browser, "bob@example.org")
        #expect(taken == free)
        #expect(try await stage.mail(.signUpAttempt).kind == .signUpAttempt)
    }

    @Test("what is wrong is said at each field, and what was typed is kept but for the password")
    func problems() async throws {
        var browser = Browser(stage)
        let answer = try await browser.submit(
            "/account/sign-up", [("email", "nobody"), ("name", "Ada"), ("password", "short!")])
        #expect(answer.status == 422)
        #expect(answer.text.contains("href=\"#f-email\""))
        #expect(answer.text.contains("href=\"#f-password\""))
        #expect(answer.text.contains("value=\"nobody\""))
        #expect(answer.text.contains("value=\"Ada\""))
        #expect(!answer.text.contains("short!"))
    }

    @Test("where strangers may not sign up there is no such page, and sign-in does not speak of it")
    func closed() async throws {
        let stage = try Stage(terms: { $0.accounts.signUpOpen = false })
        var browser = Browser(stage)
        #expect(try await browser.get("/account/sign-up").status == 404)
        #expect(try await !browser.get("/account/sign-in").text.contains("/account/sign-up"))
    }

    @Test("a field that stands twice counts as missing")
    func repeated() async throws {
        var browser = Browser(stage)
        let answer = try await browser.submit(
            "/account/sign-up",
            [("email", Stage.email), ("email", "eve@example.org"), ("password", Stage.password)])
        #expect(answer.status == 422)
        #expect(try await stage.realm.store.read { try $0.account(.email("eve@example.org")) } == nil)
    }
}
