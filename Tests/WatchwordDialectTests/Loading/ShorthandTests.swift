import Testing
import WatchwordCore
import WatchwordDialect

@Suite("What is written short")
struct ShorthandTests {
    private func login(_ cookies: String) -> String {
        "POST /in: {do: login, take: json, in: {email: email, password: password}, "
            + "reply: {status: 200, cookies: {\(cookies)}, body: ok}}"
    }

    @Test("a cookie's bare value is its value, and null clears it")
    func cookies() throws {
        let short = try Tiny.dialect("", routes: login("sid: $access.token, old: null"))
        let long = try Tiny.dialect("", routes: login("sid: {value: $access.token}, old: {clear: true}"))
        #expect(short.routes[1].reply.cookies == long.routes[1].reply.cookies)
        #expect(short.routes[1].reply.cookies.count == 2)
    }

    @Test("a cookie's `same_site` is written as browsers or as servers write it")
    func sameSite() throws {
        let route = login("sid: {value: $access.token, same_site: Strict}")
        #expect(try Tiny.dialect("", routes: route).routes[1].reply.cookies[0].sameSite == .strict)
        #expect(
            Tiny.messages("", routes: login("sid: {value: $access.token, same_site: Loose}")) == [
                "`same_site` is none of `strict`, `lax`, `none`: `Loose`"
            ])
    }

    @Test("a version and a rule's code may be whole numbers")
    func numbers() throws {
        let text = """
            dialect: 1
            name: short
            version: 2
            messages: {required: {code: 201, message: needed}}
            errors: {error: {status: 400}}
            routes: {"GET /": {do: static, reply: {status: 204}}}
            """
        let dialect = try #require(Dialect.load(text: text, file: "f") { _ in nil }.dialect)
        #expect(dialect.version == "2")
        #expect(dialect.messages[.required]?.code == "201")
    }
}
