import Testing
import WatchwordCore
import WatchwordDialect

/// Swift's characters are clusters: `;` and a combining accent behind it are one, and so are U+0600 and a slash behind
/// it. What is read by bytes elsewhere must be read by bytes here.
@Suite("Marks that join themselves to signs of the syntax")
struct JoiningMarkTests {
    /// Behind a sign, and before one.
    private static let behind = ["\u{301}", "\u{200D}", "\u{FE0F}", "\u{20D2}", "\u{1F3FB}"]
    private static let before = ["\u{600}", "\u{6DD}", "\u{110BD}"]

    private func cookie(_ field: String, _ name: String = "sid") -> CarriedCredentials {
        let carrier = Carrier(.cookie(name), takes: .access)
        let route = Sample.dialect([Sample.route("GET /x") { $0.carriers = [carrier] }]).routes[0]
        return route.credentials(in: WireRequest(method: "GET", path: "/x", headers: [("cookie", field)]))
    }

    private func access(_ text: String) -> CarriedCredentials {
        .presented([PresentedCredential(kind: .access, text: Secret(text))])
    }

    @Test("A semicolon and an equals sign part cookies whatever joins itself to them", arguments: behind)
    func cookies(mark: String) {
        #expect(cookie("a=b;\(mark)=c; sid=t") == access("t"))
        #expect(cookie("a=b; sid=\(mark)t") == access("\(mark)t"))
        #expect(cookie("sid=a; x=;\(mark)y; sid=b") == .malformed, "two of that name")
        #expect(cookie("sid\(mark)=t") == .none, "another name")
    }

    @Test("What joins itself to a semicolon from before does not hide the next cookie", arguments: before)
    func cookiesBefore(mark: String) {
        #expect(cookie("a=b\(mark); sid=t") == access("t"))
        #expect(cookie("sid=t\(mark); a=b") == access("t\(mark)"))
    }

    @Test("A cookie's name is that of its bytes, not of what looks like it")
    func names() {
        #expect(cookie("e\u{301}=t", "\u{E9}") == .none)
        #expect(cookie("\u{E9}=t", "\u{E9}") == access("t"))
    }

    private func route(_ bindings: [Binding]) -> CompiledRoute {
        Sample.dialect([Sample.route("POST /x", .signUp) { $0.bindings = bindings }]).routes[0]
    }

    @Test("No printed cookie holds a semicolon, also where a mark makes it another character", arguments: behind)
    func printedCookies(mark: String) {
        let route = route([Binding(.name, [.cookie("n")])])
        #expect(route.request(submitting: Submission([.name: .string("a;\(mark)b=c")])) == nil)
        let request = route.request(submitting: Submission([.name: .string("\(mark)a")]))
        #expect(request.map { route.bind($0, parameters: []).output?[.name] } == .string("\(mark)a"))
    }

    @Test("No printed name of Basic holds a colon, also where a mark makes it another character", arguments: behind)
    func printedBasic(mark: String) throws {
        let route = route([Binding(.username, [.basic(.username)]), Binding(.password, [.basic(.password)])])
        let named = Submission([.username: .string("ada:\(mark)"), .password: .string("p")])
        #expect(route.request(submitting: named) == nil)
        let secret = Submission([.username: .string("ada"), .password: .string("\(mark):\(mark)")])
        let request = try #require(route.request(submitting: secret))
        let bound = route.bind(request, parameters: []).output
        #expect(bound?[.username] == .string("ada"))
        #expect(bound?[.password]?.string.map { Array($0.utf8) } == Array("\(mark):\(mark)".utf8))
    }

    @Test("Only a slash is taken off the end of a path, and nothing that joins itself to it", arguments: before)
    func slashes(mark: String) {
        let dialect = Sample.dialect([Sample.route("GET /me"), Sample.route("GET /keys/{id}")]) { $0.slash = .optional }
        func found(_ path: String) -> (String, [String])? {
            guard case .found(let group, let parameters) = dialect.match(method: "GET", path: path) else { return nil }
            return (group.first.route.pathText, parameters.map(\.value))
        }
        #expect(found("/me/")?.0 == "/me")
        #expect(found("/me\(mark)/") == nil, "it is another path")
        #expect(found("/keys/a\(mark)/")?.1 == ["a\(mark)"])
        #expect(found("/keys/\(mark)/")?.1 == ["\(mark)"])
    }

    @Test("A field of the query is known by its bytes when the next part's URL is made", arguments: behind)
    func pages(mark: String) {
        let reply = Reply(status: 200, body: .slot(.paging(.nextURL), []))
        let dialect = Sample.dialect([
            Sample.route("GET /users", .listUsers, reply: reply) { $0.bindings = [Binding(.offset, [.query("o")])] }
        ])
        var grant = Grant()
        grant.paging = Paging(total: 25, limit: 10, offset: 0, count: 10)
        func next(_ query: String) -> String {
            let contents = RequestContents(WireRequest(method: "GET", path: "/users", query: query))
            return dialect.reply(
                granted: grant, route: dialect.routes[0], in: ReplyContext(baseURL: "", contents: contents)
            ).text
        }
        #expect(next("o=\(mark)1") == #""/users?o=10""#)
        let escaped = mark.utf8.map(PercentEncoding.escape).joined()
        #expect(next("a&\(mark)&o=1") == #""/users?a&\#(escaped)&o=10""#)
        #expect(next("a&\(mark)o=1") == #""/users?a&\#(escaped)o=1&o=10""#, "a field of another name")
    }

    @Test("A header of a part is a name and a value, also where a mark stands behind its colon", arguments: behind)
    func parts(mark: String) {
        let route = Sample.dialect([
            Sample.route("POST /x", .signUp) {
                $0.media = [.multipart]
                $0.bindings = [Binding(.email, [.body(["email"])])]
            }
        ]).routes[0]
        let body = "--XX\r\nX-Note:\(mark)\r\nContent-Disposition: form-data; name=email\r\n\r\na\r\n--XX--"
        let request = WireRequest(
            method: "POST", path: "/x", headers: [("content-type", "multipart/form-data; boundary=XX")],
            body: Array(body.utf8))
        #expect(route.bind(request, parameters: []).output?[.email] == .string("a"))
    }
}
