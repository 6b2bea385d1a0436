import Testing
import WatchwordCore
import WatchwordDescribe
import WatchwordDialect

@Suite("A line to try")
struct TryLineTests {
    @Test("a line to try fills nested members and forms")
    func nestedTryLine() {
        var dialect = Dialect(name: "x", version: "1", summary: "")
        var route = Route(method: "POST", path: [.literal("join")], operation: .signUp, reply: Reply(status: 200))
        route.media = [.json]
        route.bindings = [
            Binding(.email, [.body(["user", "mail"])]), Binding(.password, [.body(["user", "secret"])]),
            Binding(.name, [.query("name")]),
        ]
        dialect.routes = [route]
        #expect(
            TryLine.text(dialect, baseURL: "http://h")
                == "curl -X POST 'http://h/join?name=Ada%20Lovelace' -H 'Content-Type: application/json' -d "
                + #"'{"user":{"mail":"ada@example.com","secret":"correct horse battery staple"}}'"#)
        dialect.routes[0].media = [.form]
        dialect.routes[0].bindings = [Binding(.identity, [.body(["username"])])]
        #expect(
            TryLine.text(dialect, baseURL: "http://h") == "curl -X POST http://h/join -d username=ada@example.com")
        dialect.routes = []
        #expect(TryLine.text(dialect, baseURL: "http://h") == nil)
    }
}
