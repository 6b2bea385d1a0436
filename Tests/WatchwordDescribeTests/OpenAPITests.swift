import Foundation
import Testing
import WatchwordCore
import WatchwordDescribe
import WatchwordDialect

@Suite("OpenAPI")
struct OpenAPITests {
    private func document(_ dialect: Dialect) -> Value { OpenAPI(dialect, baseURL: "http://h").document }

    private func operation(_ dialect: Dialect, _ path: String, _ method: String) throws -> Value {
        try #require(document(dialect)["paths"]?[path]?[method])
    }

    @Test("every route stands in the document, under an id of its own", arguments: shipped)
    func everyRoute(name: String) throws {
        let dialect = try shippedDialect(name)
        let document = document(dialect)
        var ids: [String] = []
        // OpenAPI 3.1 has no place for other methods.
        for route in dialect.routes where ["GET", "POST", "PUT", "PATCH", "DELETE"].contains(route.method) {
            let operation = try #require(document["paths"]?[route.pathText]?[route.method.lowercased()])
            ids.append(try #require(operation["operationId"]?.string))
            #expect(operation["responses"]?[String(route.reply.status)] != nil)
        }
        #expect(Set(ids).count == ids.count)
    }

    @Test("inputs carry their rules, and what must be sent is required")
    func inputs() throws {
        let register = try operation(shippedDialect("stratify"), "/api/v1/auth/register", "post")
        let schema = try #require(register["requestBody"]?["content"]?["application/json"]?["schema"])
        #expect(schema["required"] == .array([.string("email"), .string("username"), .string("password")]))
        #expect(schema["properties"]?["password"]?["minLength"] == .int(8))
        #expect(schema["properties"]?["password"]?["maxLength"] == .int(128))
        #expect(schema["properties"]?["email"]?["format"] == .string("email"))
        #expect(register["requestBody"]?["required"] == .bool(true))
        #expect(register["security"] == .array([]))
        // A sign-in takes whatever a password once was.
        let login = try operation(shippedDialect("stratify"), "/api/v1/auth/login", "post")
        let form = try #require(login["requestBody"]?["content"]?["application/x-www-form-urlencoded"]?["schema"])
        #expect(form["properties"]?["password"]?["minLength"] == nil)
    }

    @Test("a reply's schema says types, literals and what can be missing")
    func replies() throws {
        let dialect = try small(
            routes: """
                GET /me:
                  do: me
                  auth: user
                  reply:
                    status: 200
                    headers: {X-Id: $user.id}
                    body:
                      id: $user.id
                      kind: person
                      name: $user.name|opt
                      role: $user.name
                      made: $user.created_at
                      second: $user.created_at|epoch
                      is: {$if: $user.email_verified, then: yes it is}
                      list: [1, $user.id]
                """)
        let reply = try #require(try operation(dialect, "/me", "get")["responses"]?["200"])
        let schema = try #require(reply["content"]?["application/json"]?["schema"])
        let members = try #require(schema["properties"])
        #expect(members["id"] == .object([.init("type", .string("string"))]))
        #expect(members["kind"] == .object([.init("const", .string("person"))]))
        #expect(members["name"] == .object([.init("type", .string("string"))]))
        #expect(members["role"]?["type"] == .array([.string("string"), .string("null")]))
        #expect(members["made"]?["format"] == .string("date-time"))
        #expect(members["second"]?["type"] == .string("integer"))
        #expect(members["is"] == .object([.init("const", .string("yes it is"))]))
        #expect(members["list"]?["maxItems"] == .int(2))
        #expect(schema["required"] == .array(["id", "kind", "role", "made", "second", "list"].map(Value.string)))
        #expect(schema["additionalProperties"] == .bool(false))
        #expect(reply["headers"]?["X-Id"]?["schema"]?["type"] == .string("string"))
    }

    @Test("refusals stand under their statuses, with their fields")
    func refusals() throws {
        let responses = try #require(
            try operation(shippedDialect("stratify"), "/api/v1/auth/login", "post")["responses"])
        #expect(responses["401"]?["headers"]?["WWW-Authenticate"] != nil)
        #expect(responses["429"]?["headers"]?["Retry-After"] != nil)
        for status in ["200", "401", "413", "415", "422", "429", "500", "503"] { #expect(responses[status] != nil) }
        #expect(responses["405"] == nil, "another method is another operation")
    }

    @Test("a refusal of several cases stands under the status of each")
    func cases() throws {
        let dialect = try small(
            routes: """
                POST /in:
                  do: login
                  take: json
                  in: {email: email, password: password}
                  reply: {status: 200, body: {token: $access.token}}
                  errors:
                    invalid_credentials:
                      - {when: {query.plain: "1"}, status: 403, body: {plain: true}}
                      - {status: 401, body: {wrong: true}}
                """)
        let responses = try #require(try operation(dialect, "/in", "post")["responses"])
        let plain = responses["403"]?["content"]?["application/json"]?["schema"]
        #expect(plain != nil && JSON.text(plain ?? .null).contains("plain"))
        #expect(JSON.text(responses["401"] ?? .null).contains("wrong"))
    }

    @Test("credentials become security schemes, in alternatives")
    func security() throws {
        let dialect = try small(
            routes: """
                GET /me:
                  do: me
                  auth: any
                  reply: {status: 200}
                """,
            more:
                "  any: [{header: Authorization, scheme: token, takes: access}, {header: X-Token, takes: access}, {cookie: sid, takes: access}]"
        )
        let schemes = try #require(document(dialect)["components"]?["securitySchemes"])
        #expect(schemes["cookie_sid"]?["in"] == .string("cookie"))
        #expect(schemes["x_token"]?["name"] == .string("x-token"))
        #expect(schemes["authorization_token"]?["in"] == .string("header"))
        guard case .array(let alternatives)? = try operation(dialect, "/me", "get")["security"] else {
            Issue.record("no security")
            return
        }
        #expect(alternatives.count == 3)
    }

    @Test("ids that are numbers are numbers in a body and text in a path")
    func numericIDs() throws {
        let dialect = try small(
            routes: """
                DELETE /keys/{id}:
                  do: revoke_api_key
                  auth: user
                  in: {id: path.id}
                  reply: {status: 204}
                """, more: "users: {id: int}\napi_keys: {prefix: k_}")
        let operation = try operation(dialect, "/keys/{id}", "delete")
        guard case .array(let parameters)? = operation["parameters"] else {
            Issue.record("no parameters")
            return
        }
        #expect(parameters.count == 1)
        #expect(parameters[0]["required"] == .bool(true))
        #expect(operation["responses"]?["204"]?["content"] == nil)
        #expect(operation["responses"]?["404"] != nil)
    }
}
