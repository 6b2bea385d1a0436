import Foundation
import Testing
import WatchwordCore
import WatchwordDescribe
import WatchwordDialect

/// Documents of other people have what no dialect can say; the draft says what it can, and loads.
@Suite("A dialect drafted from an awkward document")
struct AwkwardDraftTests {
    private static let plain = #"""
        {"openapi": "3.1.0", "info": {"title": "Shop", "version": "1", "summary": "A shop"},
        "components": {"securitySchemes": {"it": {"type": "apiKey", "in": "header", "name": "X-Token"}}},
        "paths": {
          "/login": {"post": {"requestBody": {"content": {"application/json": {"schema": {"type": "object",
            "properties": {"email": {"type": "string"}, "password": {"type": "string"}}}}}},
            "responses": {"200": {"content": {"application/json": {"schema": {"type": "object",
              "properties": {"token": {"type": "string"}, "kind": {"type": "string", "enum": ["plain"]}}}}}},
              "401": {"content": {"application/json": {"schema": {"type": "object",
                "properties": {"message": {"type": "string"}}}, "example": {"message": "Wrong"}}}}}}},
          "/register": {"post": {"requestBody": {"content": {"application/json": {"schema": {"type": "object",
            "properties": {"email": {"type": "string"}, "password": {"type": "string"},
              "theme": {"type": "string", "default": "dark"}}}}}},
            "responses": {"201": {"content": {"application/json": {"schema": {"type": "object",
              "properties": {"id": {"type": "string"}, "email": {"type": "string"}}}}}}}}},
          "/users/{id}": {"get": {"parameters": [{"name": "id", "in": "path", "schema": {"type": "string"}}],
            "responses": {"200": {"content": {"application/json": {"schema": {"type": "object",
              "properties": {"id": {"type": "string"}, "email": {"type": "string"}}}}}}}}}
        }}
        """#

    private func drafted(_ text: String) throws -> Dialect {
        let draft = try #require(DialectDraft(openAPI: try JSON.parse(text.utf8).get())).text
        let loading = Dialect.load(text: draft, file: "draft") { _ in nil }
        return try #require(
            loading.dialect, "\(loading.diagnostics.map(\.description).joined(separator: "\n"))\n\(draft)")
    }

    @Test(
        "loads, with its sign-in and its sign-up",
        arguments: [
            // What it is called
            (#""title": "Shop""#, #""title": "Überblick über das Café""#), (#""title": "Shop""#, #""title": "店""#),
            (#""title": "Shop""#, #""title": "---""#), (#""title": "Shop""#, #""title": 7"#),
            (#""summary": "A shop""#, #""summary": "Costs: #1, \"best\" {x}\n- $5 & 'more'""#),
            (#""version": "1""#, #""version": "1: \"beta\"""#),
            // Texts with dollar signs, in schemas, examples and names
            (#""enum": ["plain"]"#, #""enum": ["$basic"]"#), (#""enum": ["plain"]"#, #""const": "${user.name}""#),
            (#""enum": ["plain"]"#, #""const": {"$if": "x", "then": "$y"}"#), (#""kind": {"#, #""$schema": {"#),
            (#""message": {"type""#, #""$view": {"type""#), (#""message": "Wrong""#, #""$each": "$errors""#),
            // Names that no source can have
            (
                #""email": {"type": "string"}, "password""#,
                #""a.b": {"type": "string"}, "email": {"type": "string"}, "password""#
            ),
            (
                #""email": {"type": "string"}, "password""#,
                #""": {"type": "string"}, "email": {"type": "string"}, "password""#
            ),
            (
                #""email": {"type": "string"}, "password""#,
                #""*": {"type": "string"}, "email": {"type": "string"}, "password""#
            ),
            (
                #""email": {"type": "string"}, "password""#,
                #""header": {"type": "object", "properties": {"x y": {"type": "string"}}}, "email": {"type": "string"}, "password""#
            ),
            (
                #""email": {"type": "string"}, "password""#,
                #""it's: {odd}": {"type": "string"}, "email": {"type": "string"}, "password""#
            ),
            (#""theme": {"#, #""théme": {"#), (#""theme": {"#, #""the me": {"#),
            // Defaults that are not of their type
            (#""default": "dark""#, #""default": 7"#), (#""default": "dark""#, #""default": ["dark"]"#),
            (#""type": "string", "default": "dark""#, #""type": "integer", "default": "dark""#),
            (#""type": "string", "default": "dark""#, #""type": "boolean", "default": true"#),
            (#""type": "string", "default": "dark""#, #""type": "integer", "default": 3"#),
            (#""default": "dark""#, #""default": "$dark: #1""#),
            // Paths that no route can have, and two that are one
            ("\"/users/{id}\"", "\"/users/{id}.json\""), ("\"/users/{id}\"", "\"/users/a b\""),
            ("\"/users/{id}\"", "\"/üsers\""),
            ("\"/users/{id}\"", "\"users\""), ("\"/users/{id}\"", "\"/users//{id}\""),
            ("\"/users/{id}\"", "\"/users/{user id}\""),
            ("\"/users/{id}\"", "\"/users/../{id}\""), ("\"/users/{id}\"", "\"/users/{id}/{id}\""),
            ("\"/users/{id}\": {", "\"/users/{user}\": {\"get\": {\"responses\": {}}}, \"/users/{id}\": {"),
            ("\"/users/{id}\"", "\"/users/me:\""), ("\"/users/{id}\"", "\"/users/{id}/\""),
            // Answers and credentials
            (#""200": {"content""#, #""2XX": {"content""#), (#""401": {"content""#, #""default": {"content""#),
            (#""name": "X-Token""#, #""name": "X Token""#), (#""name": "X-Token""#, #""name": """#),
            (#""in": "header""#, #""in": "cookie""#), (#""in": "header""#, #""in": "query""#),
        ])
    func loads(_ old: String, _ new: String) throws {
        let place = try #require(Self.plain.range(of: old), "`\(old)` is not in the document")
        let dialect = try drafted(Self.plain.replacingCharacters(in: place, with: new))
        let operations = dialect.routes.map(\.operation)
        #expect(operations.contains(.signIn) && operations.contains(.signUp))
    }

    @Test("keeps what it can say: names, texts and numbers come out as they were")
    func kept() throws {
        let text = Self.plain.replacingOccurrences(
            of: #""enum": ["plain"]"#, with: #""const": {"$a": "$b", "c": "${d}"}"#
        )
        .replacingOccurrences(of: "\"/users/{id}\"", with: "\"/users/{id}/@me:x\"")
        let dialect = try drafted(text)
        let rehearsal = Rehearsal(dialect, baseURL: "http://h")
        let answer = try #require(rehearsal.routes.first { $0.route.operation == .signIn }?.granted.first)
        let body = try JSON.parse(answer.response.body).get()
        #expect(body["kind"] == .object([.init("$a", .string("$b")), .init("c", .string("${d}"))]))
        #expect(dialect.routes.contains { $0.pathText == "/users/{id}/@me:x" })
        #expect(dialect.terms.accounts.fields.map(\.initial) == [.string("dark")])
    }

    @Test("ends, however its references turn", arguments: ["allOf", "anyOf", "oneOf"])
    func circles(_ word: String) throws {
        let itself = ##"{"$ref": "#/components/schemas/A"}"##
        let text = Self.plain.replacingOccurrences(
            of: #""components": {"#,
            with:
                "\"components\": {\"schemas\": {\"A\": {\"\(word)\": [\(itself), \(itself), {\"type\": \"string\"}]}}, "
        )
        .replacingOccurrences(of: #"{"type": "string", "enum": ["plain"]}"#, with: itself)
        #expect(try drafted(text).routes.contains { $0.operation == .signIn })
    }
}
