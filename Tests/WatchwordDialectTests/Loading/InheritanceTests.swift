import Testing
import WatchwordCore
import WatchwordDialect

/// How deep a file's words go into those of the file that it extends.
@Suite("Words of an extended dialect")
struct InheritanceTests {
    private static let base = Tiny.text(
        """
        version: "1"
        views:
          user: {id: $user.id, more: {email: $user.email}}
          other: {a: 1}
        messages: {min: {code: short, message: too short}, max: {message: too long}}
        cors: {origins: ["https://a.example", "https://b.example"], credentials: true}
        """, routes: "GET /me: {do: me, auth: user, reply: {status: 200, headers: {X-A: a}, body: {$view: user}}}")

    private func load(_ own: String, file: String = "own.yaml", name: String = "base.yaml", base: String = base)
        -> DialectLoading
    {
        Dialect.load(
            text: "extends: \(name)\n\(own)", file: file,
            extending: { $0 == name ? Array(base.utf8) : nil }, environment: { _ in nil })
    }

    private func dialect(_ own: String) throws -> Dialect {
        let loading = load(own)
        return try #require(loading.dialect, "\(loading.diagnostics)")
    }

    @Test("a file with none of its own is the other one")
    func none() throws {
        let whole = try #require(Dialect.load(text: Self.base, file: "f") { _ in nil }.dialect)
        #expect(try dialect("") == whole)
        #expect(try dialect("version: \"2\"").version == "2")
    }

    @Test("a key of a member is joined with its neighbours")
    func thirdLevel() throws {
        let own = try dialect("messages: {min: {code: 7}}")
        #expect(own.messages[.min]?.code == "7")
        #expect(own.messages[.min]?.text == .literal(.string("too short")))
        #expect(own.messages[.max]?.text == .literal(.string("too long")))
        let route = try dialect("routes: {GET /me: {note: ours}}")
        #expect(route.routes.map(\.pathText) == ["/login", "/me"])
        #expect(route.routes.last?.operation == .whoAmI)
    }

    @Test("what stands deeper is taken whole")
    func fourthLevel() throws {
        let own = try dialect("routes: {GET /me: {reply: {status: 203, body: null}}}")
        #expect(own.routes.last?.reply == Reply(status: 203, body: .literal(.null)))
    }

    @Test("lists and single values are taken whole")
    func lists() throws {
        let own = try dialect("cors: {origins: [\"https://c.example\"]}")
        #expect(own.origins == ["https://c.example"])
        #expect(own.originsMayUseCookies)
    }

    @Test("a view is a tree, and is taken whole from its name on")
    func views() throws {
        let own = try dialect("views: {user: {name: $user.name}}")
        #expect(own.routes.last?.reply.body == .object([TreeMember("name", .slot(.user(.name), []))]))
        #expect(load("views: {user: ~}").diagnostics.contains { $0.message == "no view `user`" })
    }

    @Test("null takes away at each level, and only what is there")
    func removal() throws {
        #expect(try dialect("cors: ~").origins == [])
        #expect(try dialect("messages: {min: ~}").messages.keys.map(\.rawValue) == ["max"])
        #expect(try dialect("messages: {min: {code: ~}}").messages[.min]?.code == "min")
        #expect(try dialect("routes: {GET /me: ~}").routes.map(\.pathText) == ["/login"])
        #expect(
            load("messages: {min: {cod: ~}, mx: ~}").diagnostics.map(\.description) == [
                "own.yaml:2:18: error: `cod` is not there to be taken away (did you mean `code`?)",
                "own.yaml:2:27: error: `mx` is not there to be taken away (did you mean `max`?)",
            ])
    }

    @Test("an own section stands behind those of the other, and routes behind its routes")
    func order() throws {
        let own = try dialect(
            "routes: {GET /a: {do: static, reply: {status: 200}}, GET /me: {note: x}, GET /b: {do: static, reply: {status: 200}}}"
        )
        #expect(own.routes.map(\.pathText) == ["/login", "/me", "/a", "/b"])
    }

    @Test("a mapping may take the place of a single value, and the other way round")
    func kinds() throws {
        #expect(try dialect("cors: \"https://d.example\"").origins == ["https://d.example"])
        #expect(try dialect("users: {id: {alphabet: abcdefghijklmnop, length: 20}}").terms.accounts.login == [.email])
    }

    @Test(
        "the extended file is named from the place of the extending one, and a built-in by its name",
        arguments: [
            ("own.yaml", "base.yaml", "base.yaml"), ("a/own.yaml", "base.yaml", "a/base.yaml"),
            ("/a/b/own.yaml", "../base.yaml", "/a/b/../base.yaml"), ("a/own.yaml", "/c/base.yaml", "/c/base.yaml"),
            ("a/own.yaml", "vsay", "vsay"),
        ])
    func names(file: String, name: String, expected: String) {
        let told = load("", file: file, name: name, base: Self.base + "\nslahs: exact").diagnostics
        #expect(told.filter { $0.severity == .error }.map(\.file) == [expected])
        #expect(told.allSatisfy { $0.position.file == 1 })
        let broken = load("", file: file, name: name, base: "a: [").diagnostics
        #expect(broken.contains { $0.file == expected && $0.message == "this is not closed" })
    }

    @Test("a note about an inherited word is told in the other file, one about an own word in this one")
    func notes() {
        let base = Self.base.replacing("id: uuid", with: "users_see_users: true")
        let told = load("password: {min: 4}", base: base).diagnostics.map(\.description)
        #expect(told.contains { $0.hasPrefix("base.yaml:") && $0.contains("everybody signed in sees") })
        #expect(told.contains { $0.hasPrefix("own.yaml:2:17: note: passwords under 8 characters") })
    }
}
