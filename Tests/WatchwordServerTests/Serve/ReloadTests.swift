import Foundation
import Testing
import UnixSignals
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordServer

@Suite("A dialect that changes while it is served", .timeLimit(.minutes(15)), .serialized)
struct ReloadTests {
    private static let body = #"{"email":"ada@example.com","password":"correct horse battery"}"#

    private static func scene(
        _ options: String = "",
        _ body: @escaping @Sendable (RunningServer, @escaping @Sendable (String) throws -> Void) async throws -> Void
    ) async throws -> [String] {
        let directory = try TemporaryDirectory()
        let path = try Variant.write(Variant.first, "app.yaml", in: directory)
        let configuration = try RunningServer.configuration(
            "\(options)\nrealms: {app: {dialect: \(path), port: 0}}", in: directory)
        return try await RunningServer.with(configuration, reloadSignal: .sigusr2) { server in
            try await body(server) { try $0.write(toFile: path, atomically: true, encoding: .utf8) }
        }
    }

    private static func reload(_ server: RunningServer, _ headers: [(String, String)] = []) async throws
        -> Client.Answer
    {
        try await server.client("admin").ask("POST", "/reload", headers: headers)
    }

    @Test("is taken up on request, with the sessions that there were")
    func reloaded() async throws {
        let lines = try await Self.scene { server, write in
            let client = server.client("app")
            _ = try await client.json("POST", "/api/auth/register", Self.body)
            let token = try #require(try await client.json("POST", "/api/auth/login", Self.body).text("token"))
            let unchanged = try await Self.reload(server)
            #expect(unchanged.status == 200)
            #expect(String(decoding: unchanged.body, as: UTF8.self) == "app: unchanged\n")
            try write(Variant.second)
            #expect(try await client.get("/v2/auth/me", token: token).status == 404)
            let done = try await Self.reload(server)
            #expect(String(decoding: done.body, as: UTF8.self) == "app: reloaded\n")
            #expect(try await client.get("/v2/auth/me", token: token).status == 200)
            #expect(try await client.get("/api/auth/me", token: token).status == 404)
            let fresh = try #require(try await client.json("POST", "/v2/auth/login", Self.body).text("token"))
            #expect(try await client.get("/v2/auth/me", token: fresh).status == 200)
            let metrics = String(decoding: try await server.client("admin").get("/metrics").body, as: UTF8.self)
            #expect(metrics.contains(#"watchword_dialect_reloads_total{realm="app",result="reloaded"} 1"#))
            #expect(metrics.contains(#"watchword_dialect_reloads_total{realm="app",result="unchanged"} 1"#))
        }
        #expect(lines.contains { $0.contains("dialect reloaded") && $0.contains("realm=app") })
    }

    @Test("is refused whole if it has a mistake, and every mistake is told; the old one stays")
    func mistakes() async throws {
        let lines = try await Self.scene { server, write in
            let client = server.client("app")
            try write(
                Variant.second.replacingOccurrences(of: "do: me\n", with: "do: mee\n")
                    .replacingOccurrences(of: "do: logout", with: "do: lgout"))
            let answer = try await Self.reload(server)
            #expect(answer.status == 422)
            let text = String(decoding: answer.body, as: UTF8.self)
            #expect(text.contains("app: refused, the old dialect stays"))
            #expect(text.contains("did you mean `me`?") && text.contains("did you mean `logout`?"))
            #expect(try await client.json("POST", "/api/auth/register", Self.body).status == 200)
            #expect(try await client.get("/v2/auth/me").status == 404)
            try FileManager.default.removeItem(atPath: server.instance.configuration.realms[0].first.location.text)
            #expect(try await Self.reload(server).status == 422)
            try write(Variant.second)
            #expect(try await Self.reload(server).status == 200)
            #expect(try await client.get("/v2/auth/me").status == 401)
        }
        #expect(lines.filter { $0.contains("dialect mistake") && $0.contains("app.yaml:") }.count == 2)
    }

    @Test("takes up changed words of the pages as well, and refuses broken ones")
    func words() async throws {
        let directory = try TemporaryDirectory()
        let file = directory.file("words.txt")
        @Sendable func write(_ title: String) throws {
            try "sign_in.title = \(title)\n".write(toFile: file, atomically: true, encoding: .utf8)
        }
        try write("Anmelden")
        let path = try Variant.write(Variant.first, "app.yaml", in: directory)
        let configuration = try RunningServer.configuration(
            "realms: {app: {dialect: \(path), port: 0, pages: {words: \(file)}}}", in: directory)
        try await RunningServer.with(configuration, reloadSignal: .sigusr2) { server in
            func title() async throws -> String {
                let page = String(decoding: try await server.client("app").get("/account/sign-in").body, as: UTF8.self)
                return page.firstMatch(of: /<h1>(.*)<\/h1>/).map { String($0.1) } ?? ""
            }
            #expect(try await title() == "Anmelden")
            try write("Hereinspaziert")
            #expect(try await title() == "Anmelden")
            #expect(String(decoding: try await Self.reload(server).body, as: UTF8.self) == "app: reloaded\n")
            #expect(try await title() == "Hereinspaziert")
            try write("{{nobody}}")
            let refused = try await Self.reload(server)
            #expect(refused.status == 422)
            #expect(String(decoding: refused.body, as: UTF8.self).contains("words.txt:1:17: error: no value `nobody`"))
            #expect(try await title() == "Hereinspaziert")
        }
    }

    @Test("is refused if it changes what a running realm rests on")
    func lasting() async throws {
        _ = try await Self.scene { server, write in
            let first = Variant.first
            let changes = [
                (first.replacingOccurrences(of: "id: uuid", with: "id: int"), "`users.id`"),
                (Variant.withUsernames(first), "`users.login`"),
                (first.replacingOccurrences(of: "min_bytes: 32", with: "min_bytes: 40"), "`keys`"),
                (
                    first.replacingOccurrences(of: "main: {alg", with: "other: {alg")
                        .replacingOccurrences(of: "key: main", with: "key: other"), "`keys`"
                ),
            ]
            for (text, word) in changes {
                try write(text)
                let answer = try await Self.reload(server)
                #expect(answer.status == 422, "\(word)")
                let told = String(decoding: answer.body, as: UTF8.self)
                #expect(told.contains("a running realm cannot change this") && told.contains(word), "\(told)")
            }
            #expect(try await server.client("app").get("/api/auth/me").status == 401)
        }
    }

    @Test("is asked for by this machine's programs, never by a web page")
    func pages() async throws {
        _ = try await Self.scene { server, _ in
            for field in [("Origin", "http://localhost"), ("Sec-Fetch-Site", "none"), ("X-Forwarded-For", "127.0.0.1")]
            {
                #expect(try await Self.reload(server, [field]).status == 403)
            }
            let get = try await server.client("admin").get("/reload")
            #expect(get.status == 405)
            #expect(get.head.contains("Allow: POST"))
        }
    }

    @Test("is taken up at a signal")
    func signal() async throws {
        let lines = try await Self.scene { server, write in
            try write(Variant.second)
            kill(getpid(), SIGUSR2)
            try await Self.settled(server)
        }
        #expect(lines.contains { $0.contains("dialect reloaded") })
    }

    @Test("is taken up by itself where the configuration says watch")
    func watched() async throws {
        _ = try await Self.scene("reload: watch") { server, write in
            try write(Variant.second)
            try await Self.settled(server)
        }
    }

    /// Waits until the new dialect answers; the suite's limit bounds it.
    private static func settled(_ server: RunningServer) async throws {
        while try await server.client("app").get("/v2/auth/me").status != 401 {
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    @Test("requests in hand and after are each answered by one of the two, none by neither")
    func busy() async throws {
        _ = try await Self.scene { server, write in
            let client = server.client("app")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        for _ in 0..<25 {
                            let answer = try await client.get("/api/auth/me")
                            #expect([401, 404].contains(answer.status))
                        }
                    }
                }
                for place in 0..<10 {
                    try write(place.isMultiple(of: 2) ? Variant.second : Variant.first)
                    #expect(try await Self.reload(server).status == 200)
                }
                try await group.waitForAll()
            }
        }
    }
}
