import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine

@testable import WatchwordWeb

@Suite("another password on a page")
struct PasswordPageTests {
    private let new = "another long password"

    @Test("this browser gets a new session, every other one ends, and the old password opens nothing")
    func changes() async throws {
        let stage = try Stage.whole()
        var browser = try await stage.browser()
        var other = try await stage.another()
        let old = browser.cookies
        let answer = try await browser.act(
            on: "/account/password", [("current_password", Stage.password), ("password", new)])
        #expect(answer.status == 303 && answer.location == "/account?done=password_changed")
        #expect(answer.setCookies.count == 1)
        #expect(browser.cookies != old)
        #expect(try await browser.get("/account?done=password_changed").text.contains("Your password is changed"))
        #expect(try await other.get("/account").status == 303)
        var thief = Browser(stage)
        thief.cookies = old
        #expect(try await thief.get("/account").status == 303)
        var stranger = Browser(stage)
        #expect(try await stranger.signIn().status == 401)
        #expect(try await stranger.signIn(password: new).status == 303)
        #expect(try await stage.mailCount(.passwordChanged) == 1)
    }

    @Test("what is wrong is told at its input, and no password is shown again")
    func refusals() async throws {
        let stage = try Stage.whole()
        var browser = try await stage.browser()
        let cases = [
            ("wrong password", new, "current_password", "This is not your current password."),
            ("", new, "current_password", "Enter your current password."),
            (Stage.password, "short", "password", "At least 8 characters are needed."),
            (Stage.password, "", "password", "Please fill this in."),
        ]
        for (current, password, field, words) in cases {
            let answer = try await browser.act(
                on: "/account/password", [("current_password", current), ("password", password)])
            #expect(answer.status == 422, "\(field)")
            #expect(answer.error(at: field) == words)
            #expect(!answer.text.contains("value=\"\(new)\"") && !answer.text.contains("value=\"short\""))
            #expect(answer.setCookies.isEmpty)
        }
        var again = Browser(stage)
        #expect(try await again.signIn().status == 303)
    }

    @Test("password managers are told whose it is, and which is the new one")
    func managers() async throws {
        var browser = try await Stage.whole().browser()
        let page = try await browser.get("/account/password").text
        #expect(page.contains("autocomplete=\"current-password\"") && page.contains("autocomplete=\"new-password\""))
        #expect(page.contains("<input type=\"text\" value=\"\(Stage.email)\" autocomplete=\"username\""))
    }

    @Test("guessing the current one is bounded")
    func guesses() async throws {
        let stage = try Stage.whole(throttle: Throttle(limits: ThrottleLimits()))
        var browser = try await stage.browser()
        var last = 0
        for _ in 0..<12 {
            let answer = try await browser.act(
                on: "/account/password", [("current_password", "guess"), ("password", new)])
            last = answer.status
            if last == 429 {
                #expect(answer.header("retry-after") != nil && answer.text.contains("Too many attempts"))
                break
            }
        }
        #expect(last == 429)
    }
}
