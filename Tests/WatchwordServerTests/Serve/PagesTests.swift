import Foundation
import Testing
import WatchwordBuiltIn
import WatchwordTestKit

@testable import WatchwordServer

@Suite("Pages that are served", .timeLimit(.minutes(15)))
struct PagesTests {
    private static let html = [("Accept", "text/html")]

    @Test("each realm has them beside its dialect, under the product's name")
    func served() async throws {
        let directory = try TemporaryDirectory()
        try await RunningServer.with(try RunningServer.configuration(in: directory)) { server in
            for (realm, name) in [("chatops", "ChatOps"), ("vsay", "Vsay"), ("stratify", "Stratify")] {
                let client = server.client(realm)
                let page = try await client.get("/account/sign-in")
                #expect(page.status == 200 && page.head.contains("text/html"))
                #expect(String(decoding: page.body, as: UTF8.self).contains("· \(name)</title>"))
                let led = try await client.ask("GET", "/", headers: Self.html)
                #expect(led.head.contains("Location: /account"))
                #expect(try await client.get("/").status == 404)
            }
        }
    }

    @Test("they are taken up anew with the dialects, or stay as they were")
    func reloaded() async throws {
        let directory = try TemporaryDirectory()
        let path = try Variant.write(Variant.first, "app.yaml", in: directory)
        let configuration = try RunningServer.configuration("realms: {app: {dialect: \(path), port: 0}}", in: directory)
        try await RunningServer.with(configuration) { server async throws in
            func title() async throws -> String {
                let page = try await server.client("app").get("/account/sign-in")
                return String(decoding: page.body, as: UTF8.self)
            }
            func reload(_ text: String) async throws -> Int {
                try text.write(toFile: path, atomically: true, encoding: .utf8)
                return try await server.client("admin").ask("POST", "/reload").status
            }
            #expect(try await title().contains("· API Authentication</title>"))
            let renamed = Variant.first.replacingOccurrences(of: "name: API Authentication}", with: "name: Newer}")
            #expect(try await reload(renamed) == 200)
            #expect(try await title().contains("· Newer</title>"))
            let taken = renamed.replacingOccurrences(of: " /api/auth/login:", with: " /account/login:")
            #expect(try await reload(taken) != 200)
            #expect(try await title().contains("· Newer</title>"))
        }
    }
}
