import Testing
import WatchwordCore
import WatchwordDialect

@Suite("The words of hosted pages")
struct PagesLoadingTests {
    @Test("are none where a file says nothing, and agents by name where it says a little")
    func standing() throws {
        #expect(try Tiny.dialect().pages == nil)
        #expect(try Tiny.dialect("pages: {name: Café Ops}").pages == PagesTerms(name: "Café Ops"))
        #expect(try Tiny.dialect("pages: {}").pages == PagesTerms(name: nil, agent: "agent", agents: "agents"))
    }

    @Test("a plural follows from its word, or is written")
    func plural() throws {
        #expect(try Tiny.dialect("pages: {agent: server}").pages == PagesTerms(agent: "server", agents: "servers"))
        let pages = try Tiny.dialect("pages: {agent: proxy, agents: proxies}").pages
        #expect(pages == PagesTerms(agent: "proxy", agents: "proxies"))
        #expect(try Tiny.dialect("pages: {agent: web-2}").pages?.agents == "web-2s")
    }

    @Test("a path is never empty, and never one of the pages' own", arguments: PagesTerms.ownSegments.sorted())
    func own(word: String) {
        #expect(
            Tiny.messages("pages: {agent: thing, agents: \(word)}") == [
                "pages have a `\(word)` of their own: agents need another word"
            ])
    }

    @Test(
        "a word is lower-case letters, digits and hyphens, and begins with a letter",
        arguments: [
            "\"\"", "2web", "-web", "web-", "Web", "web_2", "wéb", "\"a b\"", "..", String(repeating: "a", count: 33),
        ])
    func words(word: String) {
        #expect(
            Tiny.messages("pages: {agent: thing, agents: \(word)}") == [
                "`agents` is a word of 1 to 32 lower-case letters, digits and hyphens, as in `server`"
            ])
    }

    @Test(
        "a name is one line that can be seen", arguments: [#""\n""#, #"" x""#, #""x\u200bx""#, #""x\u0000""#, "\"\""])
    func names(name: String) {
        #expect(!Tiny.messages("pages: {name: \(name)}").isEmpty)
    }

    @Test("a name has 60 characters at most")
    func longest() throws {
        let name = String(repeating: "é", count: 60)
        #expect(try Tiny.dialect("pages: {name: \(name)}").pages?.name == name)
        #expect(Tiny.messages("pages: {name: \(name)e}").count == 1)
    }

    @Test("are inherited word by word")
    func inherited() throws {
        let base = Tiny.text("pages: {name: Base, agent: server, agents: servers}")
        let own = "extends: base.yaml\npages: {name: Ours}"
        let loading = Dialect.load(
            text: own, file: "own.yaml", extending: { $0 == "base.yaml" ? Array(base.utf8) : nil },
            environment: { _ in nil })
        #expect(loading.dialect?.pages == PagesTerms(name: "Ours", agent: "server", agents: "servers"))
        let none = Dialect.load(
            text: "extends: base.yaml\npages: ~", file: "own.yaml", extending: { _ in Array(base.utf8) },
            environment: { _ in nil })
        #expect(none.dialect != nil && none.dialect?.pages == nil)
    }
}

@Suite("Where the links of mails lead")
struct LinkPathTests {
    private func path(_ link: String) throws -> String? {
        try Tiny.dialect(
            "tokens: {access: {kind: opaque, ttl: 1h}, verify: {ttl: 1h}}\nmail: {verify: {link: \"\(link)\"}}"
        ).terms.verify?.linkPath
    }

    @Test("a path of this server is told from other places")
    func paths() throws {
        #expect(try path("${request.base_url}/verify-email?token={token}") == "/verify-email")
        #expect(try path("${request.base_url}/verify?email={email}&token={token}") == "/verify")
        #expect(try path("${request.base_url}/_/#/auth/confirm/{token}") == "/_/")
        #expect(try path("${request.base_url}/verify/{token}") == nil)
        #expect(try path("${request.base_url}/verify/{uid}?token={token}") == nil)
        #expect(try path("https://app.example/verify?token={token}") == nil)
        #expect(try path("${request.base_url}{token}") == nil)
        #expect(try path("${request.base_url}?token={token}") == nil)
    }

    @Test("a bare token leads nowhere")
    func bare() throws {
        let dialect = try Tiny.dialect("tokens: {access: {kind: opaque, ttl: 1h}, verify: {ttl: 1h}}")
        #expect(dialect.terms.verify?.linkPath == nil)
        #expect(OneTimeTokenTerms(lifetime: .hours(1)).linkPath == nil)
    }
}

@Suite("The links of the shipped dialects")
struct ShippedLinkTests {
    /// A GET route at a link would change something as soon as a mail scanner looks.
    @Test(
        "lead to pages of this server, which no route of the dialect owns",
        arguments: Shipped.names + ["directus", "fastapi-users", "mattermost", "pocketbase"])
    func pages(name: String) throws {
        let dialect = try Shipped.dialect(name)
        for terms in [dialect.terms.verify, dialect.terms.reset] {
            let path = try #require(terms?.linkPath)
            #expect(!Self.owns(dialect, path), "\(path)")
        }
    }

    private static func owns(_ dialect: Dialect, _ path: String) -> Bool {
        if case .found = CompiledDialect(dialect).match(method: "GET", path: path) { true } else { false }
    }

    @Test(
        "and their products have names",
        arguments: [
            ("chatops", PagesTerms(name: "ChatOps", agent: "server", agents: "servers")),
            ("vsay", PagesTerms(name: "Vsay", agent: "machine", agents: "machines")),
            ("aethermind", PagesTerms(name: "AethermindOS")),
            ("stratify", PagesTerms(name: "Stratify")),
            ("authspec", PagesTerms(name: "API Authentication")),
        ])
    func names(name: String, pages: PagesTerms) throws {
        #expect(try Shipped.dialect(name).pages == pages)
    }
}
