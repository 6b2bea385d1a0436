import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Places of a printed request")
struct RequestPlaceTests {
    private func route(
        _ bindings: [Binding], media: [MediaType] = [], line: String = "POST /x", conditions: [Condition] = []
    ) -> CompiledRoute {
        Sample.dialect([
            Sample.route(line, .signUp) {
                $0.bindings = bindings
                $0.media = media
                $0.conditions = conditions
            }
        ]).routes[0]
    }

    @Test("A field's value is printed unless a control character is in it, a cookie's also without a semicolon")
    func fields() {
        let header = route([Binding(.name, [.header("x-name", scheme: nil)])])
        let cookie = route([Binding(.name, [.cookie("n")])])
        for byte in 0...0x7F as ClosedRange<UInt8> {
            let value = Submission([.name: .string("a\(Unicode.Scalar(byte))b")])
            let isControl = byte < 0x20 || byte == 0x7F
            #expect((header.request(submitting: value) == nil) == isControl, "\(byte)")
            #expect((cookie.request(submitting: value) == nil) == (isControl || byte == 0x3B), "\(byte)")
        }
        for text in ["", " ", " a", "a ", "\ta"] {
            #expect(header.request(submitting: Submission([.name: .string(text)])) == nil, "\(text)")
        }
    }

    @Test("A name and a password of Basic are printed where they can be read back, a colon only in the password")
    func basic() throws {
        let bindings = [Binding(.username, [.basic(.username)]), Binding(.password, [.basic(.password)])]
        let route = route(bindings)
        for byte in 0...0x7F as ClosedRange<UInt8> {
            let text = "a\(Unicode.Scalar(byte))b"
            let isControl = byte < 0x20 || byte == 0x7F
            let named = Submission([.username: .string(text), .password: .string("p")])
            let secret = Submission([.username: .string("u"), .password: .string(text)])
            #expect((route.request(submitting: named) == nil) == (isControl || byte == 0x3A), "\(byte)")
            #expect((route.request(submitting: secret) == nil) == isControl, "\(byte)")
            if let request = route.request(submitting: secret) {
                #expect(route.bind(request, parameters: []).output?[.password] == .string(text))
            }
        }
    }

    @Test("A name of a multipart field is printed where a quoted text can hold it as it is")
    func multipart() {
        for byte in 0...0x7F as ClosedRange<UInt8> where byte != 0x2E {
            let name = "a\(Unicode.Scalar(byte))b"
            let request = route([Binding(.name, [.body([name])])], media: [.multipart]).request(
                submitting: Submission([.name: .string("v")]))
            let fits = byte >= 0x20 && byte != 0x22 && byte != 0x5C
            #expect((request != nil) == fits, "\(byte)")
        }
    }

    @Test("Items of a list are put where their numbers say, members of one item beside each other")
    func lists() throws {
        let route = route(
            [
                Binding(.email, [.body(["users", "0", "email"])]), Binding(.name, [.body(["users", "0", "name"])]),
                Binding(.username, [.body(["users", "1", "email"])]), Binding(.password, [.body(["p"])]),
            ], media: [.json])
        let submission = Submission([
            .email: .string("a"), .name: .string("n"), .username: .string("b"), .password: .string("p"),
        ])
        let request = try #require(route.request(submitting: submission))
        #expect(
            String(decoding: request.body, as: UTF8.self)
                == #"{"users":[{"email":"a","name":"n"},{"email":"b"}],"p":"p"}"#)
        #expect(route.bind(request, parameters: []).output?[.username] == .string("b"))
    }

    @Test(
        "What a case asks for is said, unless an input stands in the same place already",
        arguments: [
            (InputSource.body(["mode"]), MediaType.json), (.query("mode"), nil), (.header("x-mode", scheme: nil), nil),
            (.cookie("mode"), nil), (.basic(.username), nil), (.path("mode"), nil),
        ] as [(InputSource, MediaType?)])
    func cases(_ source: InputSource, _ media: MediaType?) throws {
        let line = source == .path("mode") ? "POST /x/{mode}" : "POST /x"
        let parameters = { (request: WireRequest) -> [(name: String, value: String)] in
            line == "POST /x" ? [] : [(name: "mode", value: String(request.path.dropFirst(3)))]
        }
        let asked = [Condition([source], .isOne(of: [.string("fast"), .string("slow")]))]
        let route = route(
            [Binding(.name, [source])], media: media.map { [$0] } ?? [], line: line, conditions: asked)
        let own = try #require(route.request(submitting: Submission([.name: .string("slow")])))
        #expect(route.bind(own, parameters: parameters(own)).output?[.name] == .string("slow"))
        let told = try #require(route.request(submitting: Submission()))
        #expect(route.bind(told, parameters: parameters(told)).output?[.name] == .string("fast"))
    }

    @Test("A parameter of the query is known if it is there once, whole, among few enough")
    func queryTexts() {
        func text(_ query: String?) -> String? {
            var contents = RequestContents(WireRequest(method: "GET", path: "/", query: query))
            return contents.queryText("t")
        }
        let many = { (count: Int) in (0..<count).map { "f\($0)=1" }.joined(separator: "&") }
        #expect(text("t=a") == "a" && text("x=1&t=a%20b+c&y") == "a b c" && text("t=") == "" && text("t") == "")
        #expect(text(nil) == nil && text("") == nil && text("x=t") == nil && text("T=a") == nil)
        #expect(text("t=a&t=a") == nil && text("t=%FF") == nil && text("t=%2") == nil)
        #expect(text("t=a&" + many(99)) == "a" && text("t=a&" + many(100)) == nil)
    }

    @Test("An empty field of the header is none, beside one that says something too")
    func emptyFields() {
        let route = route([Binding(.name, [.header("x-name", scheme: nil)])])
        func name(_ values: [String]) -> Outcome<Submission> {
            route.bind(
                WireRequest(method: "POST", path: "/x", headers: values.map { (name: "x-name", value: $0) }),
                parameters: [])
        }
        #expect(name([""]).output?[.name] == nil && name([""]).refusal == nil)
        #expect(name(["", "a"]).output?[.name] == .string("a"))
        #expect(name(["a", ""]).output?[.name] == .string("a"))
        #expect(name(["a", "a"]).refusal?.problems.first?.rule == .type)
    }

    @Test("A boundary stands in no value", arguments: ["a", "watchword", "--watchword--", "watchword-watchword--"])
    func boundaries(_ value: String) throws {
        let route = route([Binding(.name, [.body(["n"])]), Binding(.email, [.body(["e"])])], media: [.multipart])
        let submission = Submission([.name: .string(value), .email: .string("e")])
        let request = try #require(route.request(submitting: submission))
        let read = route.bind(request, parameters: []).output
        #expect(read?[.name] == .string(value) && read?[.email] == .string("e"))
    }

    @Test("A text is the one value of its body, and two have no place in it")
    func texts() {
        let one = route([Binding(.name, [.body(["*"])])], media: [.text])
        let request = one.request(submitting: Submission([.name: .string("a b")]))
        #expect(request.map { String(decoding: $0.body, as: UTF8.self) } == "a b")
        let two = route([Binding(.name, [.body(["a"])]), Binding(.email, [.body(["b"])])], media: [.text])
        #expect(two.request(submitting: Submission([.name: .string("a")])) != nil)
        #expect(two.request(submitting: Submission([.name: .string("a"), .email: .string("b")])) == nil)
        #expect(one.request(submitting: Submission([.name: .object([])])) == nil)
        let none = route([Binding(.name, [.body(["a"])])])
        #expect(none.request(submitting: Submission([.name: .string("a")])) == nil, "a route that takes no body")
    }

    @Test("An id is a number in the JSON body of a contract with numbers, and a text everywhere else")
    func ids() throws {
        func request(_ source: InputSource, _ media: [MediaType]) throws -> WireRequest {
            let route = Sample.dialect([
                Sample.route("POST /x", .getAgent) {
                    $0.bindings = [Binding(.id, [source])]
                    $0.media = media
                }
            ]) { $0.terms.accounts.idFormat = .integer }.routes[0]
            let request = try #require(route.request(submitting: Submission([.id: .string("17")])))
            #expect(route.bind(request, parameters: []).output?[.id] == .string("17"))
            return request
        }
        #expect(try request(.body(["id"]), [.json]).body == Array(#"{"id":17}"#.utf8))
        #expect(try request(.body(["id"]), [.form]).body == Array("id=17".utf8))
        #expect(try request(.query("id"), [.json]).query == "id=17")
    }

    @Test("A credential goes to the carrier of any kind that it may be, with the owner that the carrier asks for")
    func credentials() {
        var companion = Carrier(.header("x-key", scheme: nil), takes: .apiKey)
        companion.companion = .init(.header("x-user", scheme: nil), names: .email)
        let route = Sample.dialect([Sample.route("GET /x") { $0.carriers = [companion] }]).routes[0]
        var credential = PresentedCredential(kind: .access, text: Secret("k"))
        credential.owner = .init(.email, "a@b")
        #expect(route.request(submitting: Submission(), presenting: [credential]) == nil, "of a kind it does not take")
        credential.otherKinds = [.refresh, .apiKey]
        let request = route.request(submitting: Submission(), presenting: [credential])
        #expect(request?.header("x-key") == "k" && request?.header("x-user") == "a@b")
        credential.owner = .init(.username, "a")
        #expect(route.request(submitting: Submission(), presenting: [credential]) == nil, "named by another thing")
        credential.owner = nil
        #expect(route.request(submitting: Submission(), presenting: [credential]) == nil)
        credential.owner = .init(.email, "a@b")
        credential.text = Secret("k\n")
        #expect(route.request(submitting: Submission(), presenting: [credential]) == nil)
    }
}
