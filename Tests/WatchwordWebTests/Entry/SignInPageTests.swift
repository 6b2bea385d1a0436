import Testing
import WatchwordCore
import WatchwordDialect

@testable import WatchwordWeb

@Suite("signing in on a page")
struct SignInPageTests {
    let stage: Stage

    init() async throws {
        stage = try Stage()
        try await stage.enrol()
    }

    @Test("who knows the password is signed in, and led to the account")
    func signsIn() async throws {
        var browser = Browser(stage)
        let answer = try await browser.signIn()
        #expect(answer.status == 303)
        #expect(answer.location == "/account")
        let page = try await browser.get("/account/sign-in")
        #expect(page.location == "/account", "who is signed in is not asked again")
    }
}
