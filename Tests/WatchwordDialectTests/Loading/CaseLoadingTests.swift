import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Cases of a route")
struct CaseLoadingTests {
    private let token = """
        POST /token:
          - when: {grant_type: password, query.v: [1, "2"], header.X-Mode: {present: true}, cookie.old: null}
            do: login
            take: form
            in: {email: username, password: password}
            reply: {status: 200, body: $access.token}
          - {do: static, reply: {status: 200, body: {}}}
        """

    @Test("stand side by side in their order, each with what a request must hold")
    func conditions() throws {
        let routes = try Tiny.dialect(routes: token).routes.filter { $0.pathText == "/token" }
        #expect(routes.map(\.operation) == [.signIn, .static])
        #expect(
            routes.first?.conditions == [
                Condition([.body(["grant_type"])], .isOne(of: [.string("password")])),
                Condition([.query("v")], .isOne(of: [.int(1), .string("2")])),
                Condition([.header("x-mode", scheme: nil)], .present), Condition([.cookie("old")], .absent),
            ])
        #expect(routes.last?.conditions == [])
    }

    @Test("a name of `with:` stands for its sources")
    func named() throws {
        let route = try Tiny.dialect(
            routes: """
                POST /x:
                  when: {mode: [a, b]}
                  do: static
                  take: json
                  with: {mode: [mode, query.mode]}
                  reply: [{when: {mode: a}, status: 200}, {status: 202, body: null}]
                """
        ).routes.last
        let sources: [InputSource] = [.body(["mode"]), .query("mode")]
        #expect(route?.extras == [Extra("mode", sources)])
        #expect(route?.conditions == [Condition(sources, .isOne(of: [.string("a"), .string("b")]))])
        #expect(route?.otherReplies.map(\.conditions) == [[Condition(sources, .isOne(of: [.string("a")]))]])
        #expect(route?.reply.status == 202)
    }

    @Test("a case may be written in long, for sources that have no name")
    func long() throws {
        let route = try Tiny.dialect(
            routes: """
                GET /x:
                  when: [{of: {header: X-Auth, scheme: Old}, present: true}, {of: [query.a, cookie.a], is: 5}]
                  do: static
                  reply: {status: 200}
                """
        ).routes.last
        #expect(
            route?.conditions == [
                Condition([.header("x-auth", scheme: "Old")], .present),
                Condition([.query("a"), .cookie("a")], .isOne(of: [.int(5)])),
            ])
    }

    @Test("two paths of the same shape still clash, cases or not")
    func clash() {
        let routes = """
            GET /a/{x}: {when: {query.v: 1}, do: static, in: {}, reply: {status: 200}}
            GET /a/{y}: {do: static, reply: {status: 200}}
            """
        #expect(Tiny.messages(routes: routes) == ["`GET /a/{y}` answers the same requests as `GET /a/{x}`"])
    }

    @Test("any method of capitals is one, save what a known one was likely meant to be")
    func methods() throws {
        let dialect = try Tiny.dialect(
            routes: "SEARCH /x: {do: static, reply: {status: 200}}\nHARVEST /x: {do: static, reply: {status: 200}}")
        #expect(dialect.routes.map(\.method) == ["POST", "SEARCH", "HARVEST"])
        #expect(
            Tiny.messages(routes: "GTE /x: {do: static, reply: {status: 200}}") == [
                "unknown method `GTE` (did you mean `GET`?)"
            ])
    }
}
