import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Matching a method and a path")
struct RoutingTests {
    /// The route found, or what else: `GET /a/{id} id=7`, `405 GET,HEAD`, `404`.
    private func match(_ dialect: CompiledDialect, _ method: String, _ path: String) -> String {
        switch dialect.match(method: method, path: path) {
        case .found(let group, let parameters):
            ([group.first.route.method, group.first.route.pathText] + parameters.map { "\($0.name)=\($0.value)" })
                .joined(separator: " ")
        case .methodNotAllowed(let allow): "405 " + allow.joined(separator: ",")
        case .notFound: "404"
        }
    }

    private func dialect(slash: Dialect.Slash = .exact) -> CompiledDialect {
        Sample.dialect(
            [
                "GET /", "POST /auth/login", "GET /auth/me", "PUT /auth/me", "GET /keys/{id}", "DELETE /keys/{key}",
                "POST /keys/rotate", "GET /{any}/first", "GET /keys/first", "GET /a b/é", "POST /users/{id}/keys/{key}",
                "GET /slashed/",
            ].map { Sample.route($0.replacing(" b", with: "_b")) } + [
                Sample.route("GET /head/only"), Sample.route("HEAD /head/only"),
            ]
        ) { $0.slash = slash }
    }

    @Test(
        "Literal paths, parameters, and what is neither",
        arguments: [
            ("GET", "/", "GET /"), ("POST", "/auth/login", "POST /auth/login"), ("GET", "/auth/me", "GET /auth/me"),
            ("PUT", "/auth/me", "PUT /auth/me"), ("GET", "/keys/7", "GET /keys/{id} id=7"),
            ("DELETE", "/keys/7", "DELETE /keys/{key} key=7"),
            ("POST", "/users/u1/keys/k2", "POST /users/{id}/keys/{key} id=u1 key=k2"),
            ("GET", "/a_b/%C3%A9", "GET /a_b/é"),
            ("GET", "/auth", "404"), ("GET", "/auth/me/", "404"), ("GET", "/auth/me/x", "404"), ("GET", "", "404"),
            ("GET", "auth/me", "404"), ("GET", "*", "404"), ("GET", "//", "404"), ("GET", "/keys/", "404"),
            ("POST", "/users//keys/k2", "404"), ("GET", "/AUTH/me", "404"),
        ])
    func paths(method: String, path: String, expected: String) {
        #expect(match(dialect(), method, path) == expected)
    }

    @Test(
        "A literal wins over a parameter, and an earlier literal over a later one",
        arguments: [
            ("GET", "/keys/first", "GET /keys/first"), ("GET", "/other/first", "GET /{any}/first any=other"),
            ("POST", "/keys/rotate", "POST /keys/rotate"), ("GET", "/keys/rotate", "GET /keys/{id} id=rotate"),
            ("GET", "/keys/%66irst", "GET /keys/first"),
        ])
    func precedence(method: String, path: String, expected: String) {
        #expect(match(dialect(), method, path) == expected)
    }

    @Test(
        "A known path with another method names its methods",
        arguments: [
            ("DELETE", "/auth/me", "405 GET,HEAD,PUT,OPTIONS"), ("GET", "/auth/login", "405 POST,OPTIONS"),
            ("PATCH", "/keys/rotate", "405 POST,GET,HEAD,DELETE,OPTIONS"), ("post", "/auth/login", "405 POST,OPTIONS"),
            ("OPTIONS", "/keys/7", "405 GET,HEAD,DELETE,OPTIONS"), ("PUT", "/head/only", "405 GET,HEAD,OPTIONS"),
        ])
    func methods(method: String, path: String, expected: String) {
        #expect(match(dialect(), method, path) == expected)
    }

    @Test("HEAD is GET's, unless it has a route of its own")
    func head() {
        #expect(match(dialect(), "HEAD", "/auth/me") == "GET /auth/me")
        #expect(match(dialect(), "HEAD", "/keys/7") == "GET /keys/{id} id=7")
        #expect(match(dialect(), "HEAD", "/head/only") == "HEAD /head/only")
        #expect(match(dialect(), "HEAD", "/auth/login") == "405 POST,OPTIONS")
    }

    @Test("The methods of a path, none for an unknown one")
    func allowed() {
        #expect(dialect().allowedMethods(path: "/keys/7") == ["GET", "HEAD", "DELETE", "OPTIONS"])
        #expect(dialect().allowedMethods(path: "/nowhere").isEmpty)
    }

    @Test(
        "Escapes are undone once, in parameters and in what needed none",
        arguments: [
            ("/keys/a%20b", "GET /keys/{id} id=a b"), ("/keys/a+b", "GET /keys/{id} id=a+b"),
            ("/keys/%252F", "GET /keys/{id} id=%2F"), ("/keys/%F0%9F%98%80", "GET /keys/{id} id=\u{1F600}"),
            ("/auth/%6De", "GET /auth/me"), ("/%61uth/me", "GET /auth/me"),
        ])
    func escapes(path: String, expected: String) {
        #expect(match(dialect(), "GET", path) == expected)
    }

    @Test(
        "A path that hides something is unknown",
        arguments: [
            "/keys/a%2Fb", "/keys/a%2fb", "/keys/%2E%2E", "/keys/..", "/keys/.", "/keys/%00", "/keys/a%00b", "/keys/%",
            "/keys/%4", "/keys/%zz", "/keys/%C3", "/keys/%FF", "/keys/../auth/me", "/auth/./me", "/auth%2Fme",
        ])
    func hidden(path: String) {
        #expect(match(dialect(), "GET", path) == "404")
    }

    @Test("A slash at the end counts, unless the dialect says it does not")
    func slash() {
        #expect(match(dialect(), "GET", "/slashed/") == "GET /slashed/")
        #expect(match(dialect(), "GET", "/slashed") == "404")
        let optional = dialect(slash: .optional)
        for path in ["/slashed/", "/slashed"] { #expect(match(optional, "GET", path) == "GET /slashed/") }
        for path in ["/auth/me/", "/auth/me"] { #expect(match(optional, "GET", path) == "GET /auth/me") }
        #expect(match(optional, "GET", "/keys/7/") == "GET /keys/{id} id=7")
        #expect(match(optional, "GET", "/") == "GET /")
        #expect(match(optional, "GET", "") == "404", "no path at all is not the root's")
        #expect(match(optional, "GET", "/auth/me//") == "404")
    }

    @Test("A path of many segments costs one look")
    func longPath() {
        let path = String(repeating: "/a", count: 100_000)
        #expect(match(dialect(), "GET", path) == "404")
    }
}
