import Foundation
import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordTestKit

@testable import WatchwordServer

@Suite("One realm that speaks two dialects", .timeLimit(.minutes(15)))
struct TwoDialectsTests {
    private static let body = #"{"email":"ada@example.com","password":"correct horse battery"}"#

    @Test("they share accounts, sessions and revocation, and neither's shape")
    func shared() async throws {
        let directory = try TemporaryDirectory()
        let first = try Variant.write(Variant.first, "v1.yaml", in: directory)
        let second = try Variant.write(Variant.second, "v2.yaml", in: directory)
        let configuration = try RunningServer.configuration(
            "realms: {app: {dialects: [\(first), \(second)], port: 0}}", in: directory)
        #expect(configuration.realms[0].dialects.map(\.name) == ["v1", "v2"])
        try await RunningServer.with(configuration) { server in
            #expect(server.ports.keys.sorted() == ["admin", "app"])
            try await Self.walk(server.client("app"), server.client("app"))
        }
    }

    @Test("each on a listener of its own")
    func listeners() async throws {
        let directory = try TemporaryDirectory()
        let first = try Variant.write(Variant.first, "v1.yaml", in: directory)
        let second = try Variant.write(Variant.second, "v2.yaml", in: directory)
        let configuration = try RunningServer.configuration(
            "realms: {app: {dialects: {old: {dialect: \(first), port: 0}, new: {dialect: \(second), port: 0}}}}",
            in: directory)
        try await RunningServer.with(configuration) { server in
            #expect(server.ports.keys.sorted() == ["admin", "app", "app/new"])
            try await Self.walk(server.client("app"), server.client("app/new"))
            #expect(try await server.client("app").get("/v2/auth/me").status == 404)
            #expect(try await server.client("app/new").get("/api/auth/me").status == 404)
        }
    }

    @Test("by host name on one listener, where they may have the same paths")
    func hosts() async throws {
        let directory = try TemporaryDirectory()
        let first = try Variant.write(Variant.first, "v1.yaml", in: directory)
        let text = Variant.second.replacingOccurrences(of: " /v2/", with: " /api/")
        let second = try Variant.write(text, "v2.yaml", in: directory)
        let configuration = try RunningServer.configuration(
            """
            realms:
              app:
                port: 0
                dialects: {old: {dialect: \(first)}, new: {dialect: \(second), hosts: [V2.example.com]}}
            """, in: directory)
        try await RunningServer.with(configuration) { server in
            let client = server.client("app")
            let old = try await client.get("/api/auth/me")
            #expect(String(decoding: old.body, as: UTF8.self) == #"{"error":"Unauthorized"}"#)
            let new = try await client.ask("GET", "/api/auth/me", headers: [("Host", "v2.example.com")])
            #expect(new.status == 400, "two Host fields are refused")
        }
    }

    private static func walk(_ old: Client, _ new: Client) async throws {
        #expect(try await old.json("POST", "/api/auth/register", body).status == 200)
        let first = try #require(try await old.json("POST", "/api/auth/login", body).text("token"))
        let second = try #require(try await new.json("POST", "/v2/auth/login", body).text("token"))
        for token in [first, second] {
            #expect(try await old.get("/api/auth/me", token: token).status == 200)
            #expect(try await new.get("/v2/auth/me", token: token).status == 200)
        }
        #expect(try await new.json("POST", "/v2/auth/logout", "", token: first).status == 200)
        #expect(try await old.get("/api/auth/me", token: first).status == 401)
        let refused = try await new.get("/v2/auth/me", token: first)
        #expect(String(decoding: refused.body, as: UTF8.self) == #"{"detail":"Who are you"}"#)
        #expect(try await old.get("/api/auth/me", token: second).status == 200)
    }

    @Test("what does not fit together stops the start and says so")
    func disagreements() throws {
        let cases: [(change: (String) -> String, expected: [String])] = [
            (
                { $0.replacingOccurrences(of: " /v2/", with: " /api/") },
                ["v1 and v2 both answer POST /api/auth/login", "v1 and v2 both answer GET /api/auth/me"]
            ),
            (
                {
                    $0 + "\nsockets:\n  /api/{a}/{b}: {do: connect_user, auth: {query: token, takes: access}}\n"
                },
                ["v1 and v2 both answer socket /api/{a}/{b}"]
            ),
            (
                { $0.replacingOccurrences(of: "GET /v2/auth/me", with: "GET /api/{a}/{b}") },
                ["v1 and v2 both answer GET /api/auth/me"]
            ),
            (
                { $0.replacingOccurrences(of: "id: uuid", with: "id: int") },
                ["v1 and v2 write ids differently: uuid, int"]
            ),
            (
                { Variant.withUsernames($0) },
                ["v1 and v2 sign in by different handles: email; email, username"]
            ),
            (
                {
                    $0.replacingOccurrences(of: "alg: HS256", with: "alg: HS512")
                        .replacingOccurrences(of: "min_bytes: 32", with: "min_bytes: 64")
                },
                ["the key `main` is HS256 and HS512: one key has one use"]
            ),
            (
                { $0.replacingOccurrences(of: "env: JWT_SECRET", with: "env: OTHER_SECRET") },
                ["the key `main` is set by JWT_SECRET and OTHER_SECRET, which differ: it is one key of the realm"]
            ),
        ]
        let environment = [
            "JWT_SECRET": String(repeating: "a", count: 40), "OTHER_SECRET": String(repeating: "b", count: 40),
        ]
        for (change, expected) in cases {
            let directory = try TemporaryDirectory()
            let first = try Variant.write(Variant.first, "v1.yaml", in: directory)
            let second = try Variant.write(change(Variant.second), "v2.yaml", in: directory)
            let configuration = try RunningServer.configuration(
                "realms: {app: {dialects: [\(first), \(second)], port: 0}}", in: directory)
            let failure = #expect(throws: StartFailure.self) {
                _ = try RealmReading(configuration.realms[0], environment: environment)
            }
            for line in expected { #expect(failure?.details.contains(line) == true, "\(failure?.details ?? [])") }
        }
    }

    @Test("a key that both name is one, whichever variable sets it")
    func keys() async throws {
        let directory = try TemporaryDirectory()
        let first = try Variant.write(Variant.first, "v1.yaml", in: directory)
        let text = Variant.second.replacingOccurrences(of: "env: JWT_SECRET", with: "env: OTHER_SECRET")
        let second = try Variant.write(text, "v2.yaml", in: directory)
        let configuration = try RunningServer.configuration(
            "realms: {app: {dialects: [\(first), \(second)], port: 0}}", in: directory)
        let secret = String(repeating: "s", count: 40)
        for environment in [[:], ["OTHER_SECRET": secret], ["JWT_SECRET": secret, "APP__OTHER_SECRET": secret]] {
            let reading = try RealmReading(configuration.realms[0], environment: environment)
            #expect(reading.keys.count == 1)
            #expect(reading.dialects[0].dialect.keys == reading.dialects[1].dialect.keys)
            if environment.count == 1 { #expect(reading.keys[0].environment == "OTHER_SECRET") }
        }
    }
}
