import Foundation
import Testing
import WatchwordCore
import WatchwordDescribe
import WatchwordDialect

@Suite("A dialect explained and tried")
struct ExplanationTests {
    @Test("every route of every shipped dialect is explained, in lines that a terminal holds", arguments: shipped)
    func everyRoute(name: String) throws {
        let dialect = try shippedDialect(name)
        let text = try #require(Explanation(dialect, baseURL: "http://localhost:8000").text())
        for route in dialect.routes { #expect(text.contains("\(route.method) \(route.pathText)  (")) }
        #expect(text.contains("\nHosted pages: ") == (dialect.pages != nil))
        for line in text.split(separator: "\n") {
            // Texts of JSON, cookies and URLs are not broken.
            let start = line.drop { $0 == " " }
            let isWhole = ["Set-Cookie:", "Location:", "curl ", "/", "open  "].contains { start.hasPrefix($0) }
            #expect(line.count <= 80 || isWhole || line.contains("\": ") || line.hasSuffix("\""), "\(line)")
        }
    }

    @Test("one route is found by its path, its method and path, or its operation")
    func oneRoute() throws {
        let explanation = Explanation(try shippedDialect("stratify"), baseURL: "http://h")
        let text = try #require(explanation.text("me"))
        #expect(text == explanation.text("/api/v1/auth/me"))
        #expect(text == explanation.text("GET /api/v1/auth/me"))
        #expect(explanation.text("/nowhere") == nil)
        #expect(text.hasPrefix("GET /api/v1/auth/me  (me)\n"))
        #expect(text.contains(#"curl http://h/api/v1/auth/me -H 'Authorization: Bearer '"$TOKEN""#))
        #expect(text.contains("Could not validate credentials"))
    }

    @Test("a refusal without words is told with those of its parent, in one group")
    func masked() throws {
        let text = try #require(Explanation(try shippedDialect("stratify"), baseURL: "http://h").text("login"))
        #expect(text.contains("401  invalid_credentials, account_disabled\n"))
    }

    @Test("what is refused everywhere stands once, at the end")
    func everywhere() throws {
        let text = try #require(Explanation(try shippedDialect("stratify"), baseURL: "http://h").text())
        #expect(text.components(separatedBy: "method_not_allowed").count == 2)
        #expect(text.components(separatedBy: "unsupported_media").count == 2)
    }

    @Test(
        "every reply of every shipped dialect is tried, and no body is empty that is not meant to be",
        arguments: shipped)
    func tried(name: String) throws {
        let dialect = try shippedDialect(name)
        let trial = Trial(dialect, baseURL: "http://h").text
        for route in dialect.routes {
            #expect(trial.contains("### \(route.method) \(route.pathText): \(route.operation.rawValue) granted"))
        }
        #expect(trial.contains("### any request: "))
        let rehearsal = Rehearsal(dialect, baseURL: "http://h")
        for route in rehearsal.routes {
            for answer in route.granted { #expect(answer.response.body.isEmpty == (answer.reply.body == nil)) }
            for answer in route.refused { #expect(answer.response.status >= 400 || answer.isOwn) }
        }
    }

    @Test("a route's own words are tried with it, those of all once")
    func ownWords() throws {
        let dialect = try small(
            routes: """
                POST /in:
                  do: login
                  take: json
                  in: {email: email, password: password}
                  reply: {status: 200, body: {token: $access.token}}
                  errors: {invalid_credentials: {status: 400, body: {wrong: here}}}
                POST /up:
                  do: register
                  take: json
                  in: {email: email, password: password}
                  reply: {status: 201}
                """)
        let trial = Trial(dialect, baseURL: "http://h").text
        #expect(trial.contains("### POST /in: invalid_credentials, account_disabled\n\n400\n"))
        #expect(trial.contains(#"{"wrong": "here"}"#))
        #expect(trial.components(separatedBy: "Email already registered").count == 2)
    }
}

@Suite("Sample requests")
struct SampleRequestTests {
    @Test("a shell gives curl the bytes that are meant")
    func quoting() throws {
        let dialect = try small(
            routes: """
                POST /out/{id}:
                  do: revoke_api_key
                  auth: user
                  take: json
                  in: {id: path.id}
                  reply: {status: 204}
                POST /in:
                  do: login
                  take: json
                  in: {email: user.mail, password: user.secret}
                  reply: {status: 200, body: {token: $access.token}}
                """, more: "api_keys: {prefix: k_}\npassword: {min: 8, max: 128}")
        let lines = dialect.routes.map {
            CurlLine(SampleRequest($0, of: dialect), baseURL: "http://h", isOneLine: true).text
        }
        #expect(lines[0].hasPrefix("curl -X POST http://h/out/"))
        #expect(lines[0].hasSuffix(#"-H 'Authorization: Bearer '"$TOKEN""#))
        #expect(
            lines[1].hasSuffix(
                #"-d '{"user":{"mail":"ada@example.com","secret":"correct horse battery staple"}}'"#))
    }

    @Test("of several handles one is given, and optional inputs can be left out")
    func alternatives() throws {
        let dialect = try small(
            routes: """
                POST /in:
                  do: login
                  take: json
                  in: {username: name, email: mail, password: secret}
                  reply: {status: 200, body: {token: $access.token}}
                POST /up:
                  do: register
                  take: json
                  in: {email: mail, password: secret, name: name}
                  reply: {status: 201}
                """, more: "users: {login: [username, email], require: [email]}")
        let names = { (request: SampleRequest) -> [String] in
            guard case .json(.object(let members)) = request.body else { return [] }
            return members.map(\.name)
        }
        #expect(names(SampleRequest(dialect.routes[0], of: dialect)) == ["name", "secret"])
        #expect(names(SampleRequest(dialect.routes[1], of: dialect)) == ["mail", "secret", "name"])
        #expect(names(SampleRequest(dialect.routes[1], of: dialect, isBare: true)) == ["mail", "secret"])
    }
}
