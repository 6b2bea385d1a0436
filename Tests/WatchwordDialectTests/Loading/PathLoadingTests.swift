import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Headings of routes and sockets")
struct PathLoadingTests {
    private func route(_ heading: String) -> String { "\"\(heading)\": {do: static, reply: {status: 200}}" }

    private func messages(_ heading: String) -> [String] { Tiny.messages(routes: route(heading)) }

    @Test(
        "a path is pieces between slashes, literal or a parameter",
        arguments: [
            ("/", []), ("/a", [.literal("a")]), ("/a/", [.literal("a"), .literal("")]),
            ("/a/b", [.literal("a"), .literal("b")]), ("/{id}", [.parameter("id")]),
            ("/a/{id}/b", [.literal("a"), .parameter("id"), .literal("b")]),
            ("/{a}/{b}", [.parameter("a"), .parameter("b")]), ("/{_x1}", [.parameter("_x1")]),
            ("/a.b-c_d~e", [.literal("a.b-c_d~e")]), ("/!$&'()*+,;=:@", [.literal("!$&'()*+,;=:@")]),
            ("/.well-known/jwks.json", [.literal(".well-known"), .literal("jwks.json")]), ("/...", [.literal("...")]),
            ("/A/a", [.literal("A"), .literal("a")]), ("/login:start", [.literal("login:start")]),
        ] as [(String, [PathPiece])])
    func paths(path: String, pieces: [PathPiece]) throws {
        let dialect = try Tiny.dialect(routes: route("GET \(path)"))
        #expect(dialect.routes.last?.path == pieces)
        #expect(dialect.routes.last?.pathText == path)
        let socket = try Tiny.dialect("sockets: {\"\(path)\": {do: connect_user, auth: user}}")
        #expect(socket.sockets.first?.path == pieces)
    }

    private static let characters = "a path holds letters, digits and `-._~!$&'()*+,;=:@`: "
    private static let parameter = "a parameter is a whole piece of a path: `/{id}`, not "

    @Test(
        "what is no path is refused, of a route as of a socket",
        arguments: [
            ("a", "a path starts with `/`: `a`"), ("{id}", "a path starts with `/`: `{id}`"),
            ("//", "an empty piece (`//`) in the path `//`"), ("/a//b", "an empty piece (`//`) in the path `/a//b`"),
            ("/a//", "an empty piece (`//`) in the path `/a//`"), ("/a?b", characters + "`a?b`"),
            ("/a#b", characters + "`a#b`"), ("/a%20b", characters + "`a%20b`"), ("/é", characters + "`é`"),
            ("/a[b]", characters + "`a[b]`"), ("/a|b", characters + "`a|b`"), ("/a^b", characters + "`a^b`"),
            ("/.", "`.` is no piece of a path"), ("/a/../b", "`..` is no piece of a path"),
            ("/{}", parameter + "`{}`"), ("/{id", parameter + "`{id`"), ("/id}", parameter + "`id}`"),
            ("/x{id}", parameter + "`x{id}`"), ("/{id}x", parameter + "`{id}x`"), ("/{a}{b}", parameter + "`{a}{b}`"),
            ("/{a-b}", parameter + "`{a-b}`"), ("/{1}", parameter + "`{1}`"), ("/{é}", parameter + "`{é}`"),
            ("/{id}/{id}", "`{id}` is there twice in the path"), ("/{a}/b/{a}", "`{a}` is there twice in the path"),
        ])
    func noPaths(path: String, message: String) {
        #expect(messages("GET \(path)") == [message])
        #expect(Tiny.messages("sockets: {\"\(path)\": {do: connect_user, auth: user}}") == [message])
    }

    @Test(
        "a heading is a method and a path, with one space",
        arguments: ["/a", "GET", "GET  /a", "GET /a b", " GET /a", "GET /a ", "", "GET\u{A0}/a"])
    func headings(_ heading: String) {
        #expect(messages(heading) == ["a route is a method and a path: `POST /api/login`, not `\(heading)`"])
    }

    @Test(
        "a method is of capitals, and none that the server answers itself",
        arguments: [
            ("GET", nil), ("DELETE", nil), ("PURGE", nil), ("QUERY", nil), ("SUBSCRIBE", nil), ("ZZ", nil),
            ("HARVESTHARVESTHARVES", nil), ("HARVESTHARVESTHARVEST", "unknown method `HARVESTHARVESTHARVEST`"),
            ("Z", "unknown method `Z`"), ("get", "unknown method `get` (did you mean `GET`?)"),
            ("Delete", "unknown method `Delete` (did you mean `DELETE`?)"),
            ("PSOT", "unknown method `PSOT` (did you mean `POST`?)"),
            ("PATHC", "unknown method `PATHC` (did you mean `PATCH`?)"), ("FIND2", "unknown method `FIND2`"),
            ("M-SEARCH", "unknown method `M-SEARCH` (did you mean `SEARCH`?)"),
            ("HEAD", "`HEAD` is answered by the server itself"),
            ("OPTIONS", "`OPTIONS` is answered by the server itself"),
            ("CONNECT", "`CONNECT` is answered by the server itself"),
            ("TRACE", "`TRACE` is answered by the server itself"),
        ])
    func methods(method: String, message: String?) {
        #expect(messages("\(method) /a") == (message.map { [$0] } ?? []))
    }

    @Test(
        "paths of one shape answer the same requests, whatever their parameters are called",
        arguments: [
            ("GET /a/{x}", "GET /a/{y}", true), ("GET /{x}/b", "GET /{y}/b", true), ("GET /a", "POST /a", false),
            ("GET /a/{x}", "GET /a/b", false), ("GET /a", "GET /a/", false), ("GET /{x}", "GET /{x}/{y}", false),
            ("GET /a/{x}", "PUT /a/{x}", false), ("GET /a", "GET /A", false),
        ])
    func shapes(one: String, other: String, isSame: Bool) {
        let told = Tiny.messages(routes: "\(route(one))\n\(route(other))")
        #expect(told == (isSame ? ["`\(other)` answers the same requests as `\(one)`"] : []))
        let paths = [one, other].map { $0.split(separator: " ")[1] }
        guard paths[0] != paths[1] else { return }
        let sockets = paths.map { "\"\($0)\": {do: connect_user, auth: user}" }.joined(separator: ", ")
        #expect(
            Tiny.messages("sockets: {\(sockets)}") == (isSame ? ["`\(paths[1])` has the shape of another socket"] : []))
    }

    @Test("a parameter that nothing reads is noted, and one that something reads is not")
    func parameters() {
        func notes(_ route: String) -> [String] {
            Dialect.load(text: Tiny.text(routes: route), file: "f") { _ in nil }.diagnostics.map(\.message)
                .filter { $0.contains("of the path") }
        }
        let unread = ["`{id}` of the path is read by nothing"]
        #expect(notes("\"GET /a/{id}\": {do: static, reply: {status: 200}}") == unread)
        #expect(notes("\"GET /a/{id}\": {do: static, with: {i: path.id}, reply: {status: 200}}") == [])
        #expect(notes("\"GET /a/{id}\": {do: static, when: {path.id: x}, reply: {status: 200}}") == [])
        #expect(
            notes(
                "\"GET /a/{id}\": {do: static, reply: [{when: {path.id: x}, status: 200}, {status: 201}]}") == [])
        #expect(
            notes("\"GET /a/{id}\": {do: get_user, auth: user, in: {id: path.id}, reply: {status: 200}}") == [])
    }
}
