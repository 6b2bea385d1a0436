import Foundation
import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordServer

@Suite("Where pages are, found at start")
struct PagesStartTests {
    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0]

    private func reading(_ realm: String) throws -> RealmReading {
        let configuration = try Configuration.load(bytes: Array("realms: {app: \(realm)}".utf8), file: "watchword.yaml")
        return try RealmReading(configuration.realms[0], environment: [:])
    }

    private func failure(_ realm: String) -> StartFailure? {
        do {
            _ = try reading(realm)
            return nil
        } catch { return error as? StartFailure }
    }

    @Test("every built-in dialect has room for them under /account")
    func builtIns() throws {
        for name in ["aethermind", "chatops", "vsay", "authspec", "stratify"] {
            #expect(try reading("{dialect: \(name)}").configuration.pages.isEnabled)
        }
    }

    @Test("a route of the dialect under their path stops the start, and says what to write")
    func clashes() throws {
        for (path, taken) in [("/api/auth", "POST /api/auth/login"), ("/api", "POST /api/auth/login")] {
            let failure = try #require(self.failure("{dialect: authspec, pages: {path: \(path)}}"))
            #expect(failure.exit == .configuration)
            #expect(
                failure.headline == "the pages of realm `app`, under \(path), would be where authspec has \(taken)")
            #expect(failure.mend?.contains("pages.path") == true)
        }
        #expect(failure("{dialect: authspec, pages: {path: /api/auth, enabled: false}}") == nil)
        #expect(failure("{dialect: authspec, pages: {path: /ap}}") == nil)
        #expect(failure("{dialect: authspec, pages: {path: /api/people}}") == nil)
    }

    @Test("a socket and what proxies ask count as well, a dialect on another port does not")
    func others() throws {
        #expect(
            failure("{dialect: chatops, pages: {path: /api/v1/agents/ws}}")?.headline.contains("/api/v1/agents/ws")
                == true)
        for path in ["/account", "/account/ask"] {
            #expect(
                failure("{dialect: authspec, forward_auth: {path: \(path)}}")?.headline
                    == "the pages of realm `app`, under /account, would be where proxies ask: `forward_auth.path` is \(path)"
            )
        }
        #expect(failure("{dialect: authspec, forward_auth: {path: /accounts}}") == nil)
        let directory = try TemporaryDirectory()
        let second = try Variant.write(Variant.second, "second.yaml", in: directory)
        let dialects = "dialects: {second: {dialect: \(second)}, authspec: {port: 8101}}"
        let apart = "{port: 0, \(dialects), pages: {path: /api/auth}}"
        #expect(failure(apart) == nil)
        #expect(failure("{port: 0, \(dialects), pages: {path: /v2/auth}}") != nil)
    }

    @Test("a logo is SVG or PNG by what it holds, and small")
    func logos() throws {
        let directory = try TemporaryDirectory()
        let file = directory.file("logo")
        func take(_ bytes: [UInt8]) throws -> PagePicture {
            try Data(bytes).write(to: URL(fileURLWithPath: file))
            return try PagePicture(file: file, realm: "app")
        }
        #expect(try take(Self.png).type == "image/png")
        for text in [
            "<svg xmlns='http://www.w3.org/2000/svg'/>", "\u{FEFF}<?xml version='1.0'?>\n<!-- x -->\n<svg></svg>",
        ] {
            #expect(try take(Array(text.utf8)).type == "image/svg+xml")
        }
        for bytes in [Array("<html><body>".utf8), Array("svg".utf8), [0xFF, 0xD8, 0xFF], []] {
            #expect(throws: StartFailure.self) { try take(bytes) }
        }
        let large = Self.png + [UInt8](repeating: 0, count: PagePicture.maximumBytes)
        #expect(throws: StartFailure.self) { try take(large) }
        try FileManager.default.removeItem(atPath: file)
        #expect(failure("{dialect: authspec, pages: {logo: \(file)}}")?.headline.contains("cannot read") == true)
        #expect(failure("{dialect: authspec, pages: {logo: \(file), enabled: false}}") == nil)
    }

    @Test("words of its own are read with what the dialects have, and every mistake in them stops the start")
    func words() throws {
        let directory = try TemporaryDirectory()
        let file = directory.file("de.txt")
        func write(_ text: String) throws { try text.write(toFile: file, atomically: true, encoding: .utf8) }
        // A field of the dialect's own has a label.
        try write("language = de\nfield.full_name = Ganzer Name\n")
        let reading = try reading("{dialect: aethermind, pages: {words: \(file)}}")
        #expect(reading.files.contains(file))
        #expect(
            !reading.missingWords.contains("language =") && reading.missingWords.contains("sign_in.title = Sign in"))
        try write("language = de\nsign_in.titel = x\nwait.hour = eine Stunde\n")
        let failure = try #require(self.failure("{dialect: authspec, pages: {words: \(file)}}"))
        #expect(failure.exit == .configuration)
        #expect(failure.headline == "the words of the pages of realm `app` cannot be used")
        #expect(
            failure.details == [
                "\(file):2:1: error: no word `sign_in.titel` (did you mean `sign_in.title`?)",
                "\(file):3:13: error: `{{number}}` is missing: the English text is `{{number}} hour`",
            ])
        #expect(failure.mend?.contains("realms.app.pages.words") == true)
        // Where there are no pages nobody reads them.
        let without = "{dialect: authspec, pages: {words: \(file), enabled: false}}"
        #expect(self.failure(without) == nil)
        #expect(try self.reading(without).files.contains(file) == false)
        try FileManager.default.removeItem(atPath: file)
        #expect(
            self.failure("{dialect: authspec, pages: {words: \(file)}}")?.headline
                == "`pages.words` of realm `app`: cannot read \(file)")
    }

    @Test("what a contract lacks and pages have is no note where there are pages")
    func notes() throws {
        let lacking = "no route lets a user who forgot the password back in"
        #expect(try !reading("{dialect: authspec}").notes.contains { $0.contains(lacking) })
        let without = try reading("{dialect: authspec, pages: {enabled: false}}").notes
        #expect(without.contains { $0.hasPrefix("app: \(lacking)") })
    }

    @Test("what is written is taken")
    func keys() throws {
        let text = """
            {dialect: authspec, pages: {path: /me, name: The Shop, color: "#A0b1C2", support: help@example.com, session_hours: 2}}
            """
        let pages = try reading(text).configuration.pages
        #expect(pages.path == "/me" && pages.name == "The Shop" && pages.color == "#A0b1C2")
        #expect(pages.support == "help@example.com" && pages.session == .hours(2))
    }

    @Test(
        "mistakes have their place",
        arguments: [
            ("path: /", "`pages.path` must have something behind its slash"),
            ("path: /account/", "`pages.path` must have something behind its slash"),
            ("path: account", "`pages.path` must be a path"), ("color: red", "`pages.color` must be a colour"),
            ("color: '#12345g'", "`pages.color` must be a colour"),
            ("support: us", "`pages.support` must be an address"),
            ("support: 'http://example.com'", "`pages.support` must be an address"),
            ("support: 'https://example.com/\">'", "`pages.support` must be an address"),
            ("session_hours: 0", "`pages.session_hours` must be a whole number"), ("colour: x", "did you mean `color`"),
        ])
    func mistaken(text: String, expected: String) {
        let found = mistakes(in: "realms: {vsay: {pages: {\(text)}}}")
        #expect(found.count == 1 && found[0].hasPrefix("watchword.yaml:1:") && found[0].contains(expected), "\(found)")
    }
}
