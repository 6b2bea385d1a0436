import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordWeb

@Suite("API keys on a page")
struct KeysPageTests {
    let stage: Stage

    init() throws { stage = try Stage.whole() }

    private func secret(_ page: WireResponse) -> String? {
        page.texts(between: "<code id=\"secret\" tabindex=\"0\">", and: "<").first
    }

    private func ids(_ page: WireResponse) -> [String] {
        page.texts(between: "name=\"do\" value=\"revoke\">\n<input type=\"hidden\" name=\"id\" value=\"", and: "\"")
    }

    private func opens(_ secret: String?) async throws -> Bool {
        let presented = PresentedCredential(kind: .apiKey, text: Secret(secret ?? ""))
        return try await stage.engine.authenticate([presented], TestRealm.caller()).output != nil
    }

    @Test("a new one is shown in that answer only, and opens the door")
    func creates() async throws {
        var browser = try await stage.browser()
        let made = try await browser.act(on: "/account/keys", [("do", "create"), ("name", "CI"), ("life", "30")])
        #expect(made.status == 200 && made.header("cache-control") == "no-store")
        let secret = try #require(self.secret(made), "\(made.text)")
        #expect(secret.hasPrefix("key_"))
        #expect(try await opens(secret))
        #expect(made.text.contains("It will not be shown again."))
        let page = try await browser.get("/account/keys")
        #expect(!page.text.contains(secret))
        #expect(page.text.contains("<strong>CI</strong>") && page.text.contains(secret.prefix(8) + "…"))
        let end = try await stage.realm.store.read { [id = ids(page).first ?? ""] in try $0.apiKey(APIKey.ID(id)) }
        let life = (end?.expiresAt?.seconds ?? 0) - (end?.createdAt.seconds ?? 0)
        #expect(life == 30 * 86_400)
    }

    @Test("without a life it lasts as long as the contract says; a life that is not offered is refused")
    func lives() async throws {
        var browser = try await stage.browser()
        _ = try await browser.act(on: "/account/keys", [("do", "create"), ("life", "")])
        #expect(try await browser.get("/account/keys").text.contains("No end"))
        for life in ["1", "-30", "x", "99999999999999999999"] {
            #expect(try await browser.act(on: "/account/keys", [("do", "create"), ("life", life)]).status == 400)
        }
        #expect(ids(try await browser.get("/account/keys")).count == 1)
    }

    @Test("a name that is too long is refused at its input")
    func names() async throws {
        var browser = try await stage.browser()
        let long = String(repeating: "n", count: 256)
        let answer = try await browser.act(on: "/account/keys", [("do", "create"), ("name", long), ("life", "")])
        #expect(answer.status == 422)
        #expect(answer.error(at: "name") == "At most 255 characters fit.")
        #expect(secret(answer) == nil)
    }

    @Test("a replaced one works beside its successor as long as was chosen, and no longer")
    func rotates() async throws {
        var browser = try await stage.browser()
        let old = secret(try await browser.act(on: "/account/keys", [("do", "create"), ("name", "CI"), ("life", "")]))
        let id = try #require(ids(try await browser.get("/account/keys")).first)
        let fields = [("do", "rotate"), ("id", id)]
        #expect(try await browser.act(on: "/account/keys", fields).status == 400)
        #expect(try await browser.act(on: "/account/keys", fields + [("overlap", "9999")]).status == 400)
        let rotated = try await browser.act(on: "/account/keys", fields + [("overlap", "1")])
        let new = try #require(self.secret(rotated))
        #expect(new != old)
        #expect(try await opens(old))
        #expect(try await opens(new))
        let page = try await browser.get("/account/keys")
        #expect(page.text.contains("Has a successor") && page.texts(between: "value=\"rotate\"", and: ">").count == 1)
        #expect(try await browser.act(on: "/account/keys", fields + [("overlap", "1")]).status == 404, "only once")
        stage.realm.clock.advance(by: .seconds(3_601))
        #expect(try await !opens(old))
        #expect(try await opens(new))
    }

    @Test("a revoked one is dead at once and gone from the list, without any script")
    func revokes() async throws {
        var browser = try await stage.browser()
        let made = try await browser.act(on: "/account/keys", [("do", "create"), ("name", "CI"), ("life", "")])
        let secret = secret(made)
        #expect(made.text.contains("<details class=\"confirm danger\">"))
        let id = try #require(ids(made).first)
        let answer = try await browser.act(on: "/account/keys", [("do", "revoke"), ("id", id)])
        #expect(answer.done == "key_revoked")
        #expect(try await !opens(secret))
        #expect(try await browser.get("/account/keys").text.contains("No keys yet"))
        #expect(try await browser.act(on: "/account/keys", [("do", "revoke"), ("id", id)]).status == 404)
    }

    @Test("somebody else's are not there, whatever is asked of them")
    func foreign() async throws {
        var eve = try await stage.browser("eve@example.org")
        let made = try await eve.act(on: "/account/keys", [("do", "create"), ("name", "Hers"), ("life", "")])
        let id = try #require(ids(made).first)
        var browser = try await stage.browser()
        #expect(try await !browser.get("/account/keys").text.contains("Hers"))
        for fields in [[("do", "revoke")], [("do", "rotate"), ("overlap", "0")], [("do", "show")]] {
            #expect(try await browser.act(on: "/account/keys", fields + [("id", id)]).status == 404, "\(fields)")
        }
        #expect(try await opens(secret(made)))
        for fields in [[("do", "steal")], []] {
            #expect(try await browser.act(on: "/account/keys", fields).status == 400)
        }
    }

    @Test("where the contract shows keys always, they can be seen again, by their owner only; elsewhere never")
    func shownAgain() async throws {
        let always = try Stage.whole { $0.apiKeys?.shown = .always }
        var browser = try await always.browser()
        let made = try await browser.act(on: "/account/keys", [("do", "create"), ("life", "")])
        let secret = try #require(self.secret(made))
        #expect(made.text.contains("You can have it shown again here."))
        let page = try await browser.get("/account/keys")
        #expect(!page.text.contains(secret) && page.text.contains("value=\"show\""))
        let id = try #require(ids(page).first)
        #expect(self.secret(try await browser.act(on: "/account/keys", [("do", "show"), ("id", id)])) == secret)
        var eve = try await always.browser("eve@example.org")
        #expect(try await eve.act(on: "/account/keys", [("do", "show"), ("id", id)]).status == 404)

        var once = try await stage.browser()
        let other = try await once.act(on: "/account/keys", [("do", "create"), ("life", "")])
        #expect(!other.text.contains("value=\"show\""))
        let hidden = try #require(ids(other).first)
        #expect(try await once.act(on: "/account/keys", [("do", "show"), ("id", hidden)]).status == 404)
    }
}
