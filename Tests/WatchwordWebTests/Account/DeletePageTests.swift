import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine

@testable import WatchwordWeb

@Suite("deleting an account on a page")
struct DeletePageTests {
    @Test("needs the password, and leaves nobody signed in")
    func deletes() async throws {
        let stage = try Stage.whole()
        var browser = try await stage.browser()
        var other = try await stage.another()
        for fields in [[], [("current_password", "")], [("current_password", "wrong password")]] {
            let answer = try await browser.act(on: "/account/delete", fields)
            #expect(answer.status == 422)
            #expect(answer.error(at: "current_password") != nil)
        }
        #expect(try await stage.account().email == Stage.email)
        let answer = try await browser.act(on: "/account/delete", [("current_password", Stage.password)])
        #expect(answer.status == 303 && answer.location == "/account/signed-out?done=account_deleted")
        #expect(browser.cookies.keys.allSatisfy { $0.hasSuffix("-form") })
        #expect(
            try await browser.get("/account/signed-out?done=account_deleted").text.contains("Your account is deleted."))
        #expect(try await other.get("/account").status == 303)
        var stranger = Browser(stage)
        #expect(try await stranger.signIn().status == 401)
    }
}
