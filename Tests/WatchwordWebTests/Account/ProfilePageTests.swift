import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine

@testable import WatchwordWeb

@Suite("the profile")
struct ProfilePageTests {
    let stage: Stage

    init() throws { stage = try Stage.whole() }

    @Test("shows what the contract lets people change, and nothing else")
    func fields() async throws {
        var browser = try await stage.browser(name: "Ada")
        let page = try await browser.get("/account/profile")
        let names = page.texts(between: "<input id=\"f-", and: "\"")
        #expect(names == ["username", "name", "fields.full_name", "fields.age", "email", "current_password"])
        #expect(page.text.contains("name=\"fields.news\""))
        #expect(!page.text.contains("fields.hidden"))
        #expect(page.text.contains("value=\"Ada\""))

        var plain = try await Stage().browser()
        let less = try await plain.get("/account/profile")
        #expect(less.texts(between: "<input id=\"f-", and: "\"") == ["name", "fields.full_name"])
        #expect(!less.text.contains("Change address"))
        let refused = try await plain.act(
            on: "/account/profile",
            [("part", "address"), ("email", "x@example.org"), ("current_password", Stage.password)])
        #expect(refused.status == 404)
    }

    @Test("saves the details, clears what is empty, and takes nothing that it does not show")
    func details() async throws {
        var browser = try await stage.browser(name: "Ada")
        let answer = try await browser.act(
            on: "/account/profile",
            [
                ("part", "details"), ("username", "ada"), ("name", "Ada L"), ("fields.full_name", "Ada Lovelace"),
                ("fields.age", "36"), ("fields.news", "on"), ("fields.hidden", "x"), ("email", "eve@example.org"),
            ])
        #expect(answer.done == "profile_saved")
        var account = try await stage.account()
        #expect(account.name == "Ada L" && account.username == "ada")
        #expect(account.fields["full_name"] == .string("Ada Lovelace"))
        #expect(account.fields["age"] == .int(36) && account.fields["news"] == .bool(true))
        #expect(account.fields["hidden"] ?? .null == .null)
        let shown = try await browser.get("/account/profile?done=profile_saved")
        #expect(shown.text.contains("Saved.") && shown.text.contains("value=\"36\"") && shown.text.contains(" checked"))

        let cleared = try await browser.act(
            on: "/account/profile",
            [("part", "details"), ("username", ""), ("name", ""), ("fields.full_name", ""), ("fields.age", "")])
        #expect(cleared.done == "profile_saved", "\(cleared.text)")
        account = try await stage.account()
        #expect(account.name == nil && account.username == nil)
        #expect(account.fields["age"] == .null && account.fields["news"] == .bool(false))
    }

    @Test("tells at each input what is wrong with it, and keeps what was typed")
    func refusals() async throws {
        var browser = try await stage.browser()
        let answer = try await browser.act(
            on: "/account/profile", [("part", "details"), ("username", "a@b"), ("name", "Kept"), ("fields.age", "old")])
        #expect(answer.status == 422)
        #expect(answer.error(at: "username") != nil && answer.error(at: "fields.age") != nil)
        #expect(answer.error(at: "name") == nil)
        #expect(answer.text.contains("value=\"Kept\"") && answer.text.contains("href=\"#f-username\""))
        #expect(try await stage.account().name == nil)
        try await stage.enrol("eve@example.org")
        var eve = try await stage.another("eve@example.org")
        #expect(try await eve.act(on: "/account/profile", [("part", "details"), ("username", "eve")]).done != nil)
        let taken = try await browser.act(on: "/account/profile", [("part", "details"), ("username", "EVE")])
        #expect(taken.error(at: "username") == "This username is taken. Choose another one.")
    }

    @Test("another address needs the password, is to be confirmed, and is told to both")
    func address() async throws {
        var browser = try await stage.browser()
        try await stage.verify()
        let fields = [("part", "address"), ("email", "new@example.org")]
        for (password, words) in [
            ("", "Enter your current password."), ("wrong", "This is not your current password."),
        ] {
            let answer = try await browser.act(on: "/account/profile", fields + [("current_password", password)])
            #expect(answer.status == 422)
            #expect(answer.error(at: "current_password") == words)
            #expect(answer.text.contains("value=\"new@example.org\"") && !answer.text.contains("value=\"wrong\""))
        }
        let without = try await browser.act(on: "/account/profile", fields)
        #expect(without.error(at: "current_password") != nil, "a field that is left out is no way round")
        #expect(try await stage.account().emailVerified)

        let answer = try await browser.act(on: "/account/profile", fields + [("current_password", Stage.password)])
        #expect(answer.done == "address_changed")
        let account = try await stage.account("new@example.org")
        #expect(!account.emailVerified)
        #expect(try await stage.mailCount(.verify) >= 2)
        #expect(try await browser.get("/account").text.contains("Not confirmed yet"))
    }

    @Test("an address that is none, or somebody else's, is refused at its input")
    func otherAddresses() async throws {
        try await stage.enrol("eve@example.org")
        var browser = try await stage.browser()
        for (email, words) in [
            ("nobody", "This is not an email address."), ("EVE@example.org", "This address cannot be used."),
        ] {
            let answer = try await browser.act(
                on: "/account/profile",
                [("part", "address"), ("email", email), ("current_password", Stage.password)])
            #expect(answer.status == 422 || answer.status == 409)
            #expect(answer.error(at: "email") == words)
        }
    }

    @Test("a form that is neither of the two is refused")
    func parts() async throws {
        var browser = try await stage.browser()
        #expect(try await browser.act(on: "/account/profile", [("part", "both"), ("name", "x")]).status == 400)
        #expect(try await browser.act(on: "/account/profile", [("name", "x")]).status == 400)
    }
}
