import Testing
import WatchwordCore
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordServer

@Suite("The five realms, served", .timeLimit(.minutes(15)))
struct ServerTests {
    static let password = "correct horse battery"

    @Test("each realm signs up, signs in and lets in; afterwards nothing secret is in the log")
    func everyRealm() async throws {
        let directory = try TemporaryDirectory()
        let lines = try await RunningServer.with(try RunningServer.configuration(in: directory)) { server in
            try await aethermind(server.client("aethermind"))
            try await chatops(server.client("chatops"))
            try await vsay(server.client("vsay"))
            try await authspec(server.client("authspec"))
            try await stratify(server.client("stratify"))
            let admin = server.client("admin")
            #expect(try await admin.get("/healthz").status == 200)
            #expect(try await admin.get("/readyz").status == 200)
            #expect(String(decoding: try await admin.get("/metrics").body, as: UTF8.self).contains("watchword_"))
        }
        for line in lines {
            #expect(!line.contains(Self.password) && !line.contains("eyJ") && !line.contains("_token="), "\(line)")
        }
    }

    private func aethermind(_ client: Client) async throws {
        let body = #"{"email":"ada@example.com","password":"\#(Self.password)","name":"Ada"}"#
        let made = try await client.json("POST", "/api/auth/signup", body)
        #expect(made.status == 201)
        let key = try #require(made.text("user", "apiKey"))
        let signedIn = try await client.json("POST", "/api/auth/login", body)
        #expect(signedIn.status == 200)
        let token = try #require(signedIn.text("token"))
        #expect(try await client.get("/api/agents", token: token).status == 200)
        #expect(try await client.ask("GET", "/api/agents", headers: [("X-API-Key", key)]).status == 200)
        #expect(try await client.get("/api/agents", token: token + "x").status == 401)
        #expect(try await client.get("/api/agents").status == 401)
    }

    private func chatops(_ client: Client) async throws {
        let made = try await client.json(
            "POST", "/api/v1/auth/register",
            #"{"email":"ada@example.com","username":"ada","password":"\#(Self.password)","#
                + #""password_confirm":"\#(Self.password)","full_name":"Ada"}"#)
        #expect(made.status == 201)
        let signedIn = try await client.form("/api/v1/auth/login", "username=ada&password=correct+horse+battery")
        #expect(signedIn.status == 200)
        let refresh = try #require(signedIn.text("refresh_token"))
        let renewed = try await client.json("POST", "/api/v1/auth/refresh", #"{"refresh_token":"\#(refresh)"}"#)
        #expect(renewed.status == 200)
        let token = try #require(renewed.text("access_token"))
        #expect(try await client.get("/api/v1/servers", token: token).status == 200)
        #expect(try await client.get("/api/v1/servers", token: refresh).status == 401)
    }

    private func vsay(_ client: Client) async throws {
        let body = #"{"username":"ada","email":"ada@example.com","password":"\#(Self.password)"}"#
        #expect(try await client.json("POST", "/api/signup", body).status == 201)
        let signedIn = try await client.json("POST", "/api/login", body)
        #expect(signedIn.status == 200)
        #expect(signedIn.text("user", "api_key")?.isEmpty == false)
        let again = try await client.json("POST", "/api/login", body)
        #expect(again.text("user", "api_key") == signedIn.text("user", "api_key"))
        let token = try #require(signedIn.text("token"))
        #expect(try await client.json("POST", "/api/auth/refresh", "", token: token).status == 200)
        #expect(try await client.get("/api/machines", token: token).status == 200)
    }

    private func authspec(_ client: Client) async throws {
        let body = #"{"email":"ada@example.com","password":"\#(Self.password)"}"#
        #expect(try await client.json("POST", "/api/auth/register", body).status == 200)
        let signedIn = try await client.json("POST", "/api/auth/login", body)
        #expect(signedIn.status == 200)
        let token = try #require(signedIn.text("token"))
        #expect(try await client.get("/api/auth/me", token: token).text("user", "role") == "user")
        #expect(try await client.json("POST", "/api/auth/logout", "", token: token).status == 200)
        #expect(try await client.get("/api/auth/me", token: token).status == 401)
    }

    private func stratify(_ client: Client) async throws {
        let body = #"{"email":"ada@example.com","username":"ada","password":"\#(Self.password)"}"#
        #expect(try await client.json("POST", "/api/v1/auth/register", body).json["id"]?.int == 1)
        let signedIn = try await client.form(
            "/api/v1/auth/login", "username=ada@example.com&password=correct+horse+battery")
        #expect(signedIn.status == 200)
        let token = try #require(signedIn.text("access_token"))
        #expect(try await client.get("/api/v1/auth/me", token: token).status == 200)
    }

    @Test("what was acknowledged is there after a restart, and an access token made before opens still")
    func restart() async throws {
        let directory = try TemporaryDirectory()
        let configuration = try RunningServer.configuration(in: directory)
        let kept = RunningServer.Lines()
        try await RunningServer.with(configuration) { server in
            let body = #"{"email":"ada@example.com","password":"\#(Self.password)"}"#
            let made = try await server.client("aethermind").json("POST", "/api/auth/signup", body)
            kept.take(Array(try #require(made.text("token")).utf8))
        }
        try await RunningServer.with(configuration) { server in
            let answer = try await server.client("aethermind").get("/api/agents", token: kept.all[0])
            #expect(answer.status == 200)
        }
    }

    @Test("what an operator ends beside the server is ended in the server within a second")
    func beside() async throws {
        let directory = try TemporaryDirectory()
        let configuration = try RunningServer.configuration(in: directory)
        try await RunningServer.with(configuration) { server in
            let client = server.client("authspec")
            let body = #"{"email":"ada@example.com","password":"\#(Self.password)"}"#
            _ = try await client.json("POST", "/api/auth/register", body)
            let token = try #require(try await client.json("POST", "/api/auth/login", body).text("token"))
            #expect(try await client.get("/api/auth/me", token: token).status == 200)
            let command = try await Instance(configuration, environment: [:])
            let disabled = try await command.realm("authspec").administration.disable(.init("ada@example.com"))
            #expect(disabled.output?.disabled == true)
            try await command.close()
            // Twenty looks a second: after a thousand something is wrong, however slow the machine.
            var status = 200
            for _ in 0..<1_000 where status == 200 {
                try await Task.sleep(for: .milliseconds(50))
                status = try await client.get("/api/auth/me", token: token).status
            }
            #expect(status == 401)
        }
    }

    @Test("the variables of the documents set secrets and lifetimes, and the realm's own name wins")
    func variables() async throws {
        let directory = try TemporaryDirectory()
        let environment = [
            "JWT_SECRET": String(repeating: "s", count: 32), "VSAY__JWT_SECRET": String(repeating: "v", count: 32),
            "ACCESS_TOKEN_EXPIRE_MINUTES": "5", "CHATOPS__ACCESS_TOKEN_EXPIRE_MINUTES": "7",
        ]
        let instance = try await Instance(
            try RunningServer.configuration(in: directory), environment: environment)
        let claims = [Value.Member("a", .int(1))]
        let tokens = try ["aethermind", "authspec", "vsay"].map {
            try instance.realm($0).engine.signer.sign(claims, with: "main")
        }
        #expect(tokens[0] == tokens[1])
        #expect(tokens[0] != tokens[2])
        let chatops = try instance.realm("chatops")
        #expect(chatops.engine.realm.terms.access.lifetime == .minutes(7))
        try await instance.close()
    }
}
