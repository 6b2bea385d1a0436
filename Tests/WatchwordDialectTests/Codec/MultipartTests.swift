import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Multipart and text bodies")
struct MultipartTests {
    private static func part(_ name: String, _ value: String, _ more: String = "") -> String {
        "--XX\r\nContent-Disposition: form-data; name=\"\(name)\"\(more)\r\n\r\n\(value)\r\n"
    }

    private func bind(
        _ body: String, _ type: String = "multipart/form-data; boundary=XX", media: [MediaType] = [.multipart, .json],
        path: [String] = ["email"]
    ) -> Outcome<Submission> {
        let route = Sample.route("POST /x", .signUp) {
            $0.media = media
            $0.bindings = [Binding(.email, [.body(path)]), Binding(.name, [.body(["profile", "name"])])]
        }
        let request = WireRequest(
            method: "POST", path: "/x", headers: type.isEmpty ? [] : [("content-type", type)], body: Array(body.utf8))
        return Sample.dialect([route]).routes[0].bind(request, parameters: [])
    }

    @Test(
        "Text fields are read as they are",
        arguments: [
            "a@b", "", "two\r\nlines", "\r\n--X", "é€", "a=b&c", " spaced ", "\r\n", "\r\n\r\n", "-", "\u{0}",
        ])
    func values(value: String) {
        let body = Self.part("other", "x") + Self.part("email", value) + "--XX--\r\n"
        #expect(bind(body).output?[.email]?.string.map { Array($0.utf8) } == Array(value.utf8))
    }

    @Test("Names in their forms, parts of any type, preamble and epilogue")
    func forms() {
        func email(_ body: String) -> Value? { bind(body).output?[.email] }
        #expect(email("--XX\r\ncontent-disposition:form-data;name=email\r\n\r\na\r\n--XX--") == .string("a"))
        #expect(
            email(
                "preamble\r\n--XX  \r\nContent-Type: text/plain\r\nContent-Disposition: form-data; x=y; name=\"e\\mail\"\r\n\r\na\r\n--XX--tail"
            )
                == .string("a"))
        #expect(bind(Self.part("profile[name]", "n") + "--XX--").output?[.name] == .string("n"))
        #expect(bind(Self.part("profile.name", "n") + "--XX--").output?[.name] == .string("n"))
        #expect(bind("--XX--").output != nil)
        // RFC 2046 section 5.1.1: blanks behind a boundary are padding, and no other bytes are.
        #expect(email("--XX \t \r\nContent-Disposition: form-data; name=email\r\n\r\na\r\n--XX--") == .string("a"))
        #expect(bind("--XX\u{B}\r\nContent-Disposition: form-data; name=email\r\n\r\na\r\n--XX--").refusal != nil)
        // A parameter may have no value, and a later one of the same name does not count.
        #expect(
            email("--XX\r\nContent-Disposition: form-data; flag; name=email; name=x\r\n\r\na\r\n--XX--")
                == .string("a"))
        #expect(
            email("--XX\r\nContent-Disposition: form-data; name=email;flag\r\n\r\na\r\n--XX--") == .string("a"))
        #expect(
            bind(Self.part("email", "a") + "--XX--", "Multipart/Form-Data; charset=utf-8; boundary=\"XX\"").output?[
                .email] == .string("a"))
    }

    @Test("A file in a bound field is refused by name, any other is not looked at")
    func files() {
        let file = "; filename=\"a.png\""
        #expect(
            bind(Self.part("email", "a", file) + "--XX--").refusal
                == Refusal(.validation, problems: [InputProblem(.email, .type, expected: "string")]))
        #expect(
            bind(Self.part("email", "a", "; filename*=UTF-8''a.png") + "--XX--").refusal?.problems.first?.rule == .type)
        #expect(
            bind(Self.part("avatar", "\u{0}", file) + Self.part("email", "a") + "--XX--").output?[.email]
                == .string("a"))
        #expect(
            bind(Self.part("email", "a") + Self.part("email", "b") + "--XX--").refusal?.problems.first?.rule == .type)
        #expect(
            bind(Self.part("email", "YQ==", "\r\nContent-Transfer-Encoding: base64") + "--XX--").refusal?.problems
                == [InputProblem(.email, .characters)])
        #expect(
            bind(Self.part("email", "a", "\r\nContent-Transfer-Encoding: 8bit") + "--XX--").output?[.email]
                == .string("a"))
    }

    @Test(
        "What is no multipart body is refused as a whole",
        arguments: [
            "x", "--XX", "--XX\r\n", "--XX\r\n\r\na\r\n--XX--", "--XXa\r\n\r\n--XX--",
            "--XX\r\nContent-Disposition: form-data\r\n\r\na\r\n--XX--",
            "--XX\r\nContent-Disposition: attachment; name=email\r\n\r\na\r\n--XX--",
            "--XX\r\nno colon\r\n\r\na\r\n--XX--",
            "--XX\r\nContent-Disposition: form-data; name=\"email\r\n\r\na\r\n--XX--",
            "--XX\r\nContent-Disposition: form-data; name=email\r\n\r\na",
        ])
    func malformed(body: String) {
        let problem = InputProblem(.body, .type, expected: "multipart/form-data")
        #expect(bind(body).refusal == Refusal(.validation, problems: [problem]), "\(body)")
    }

    @Test("Boundaries, headers and parts have bounds")
    func bounds() {
        let body = Self.part("email", "a") + "--XX--"
        for type in [
            "", "; boundary=", "; boundary=\"\"", "; boundary=X<X", "; boundary=\(String(repeating: "x", count: 71))",
            "; boundary=\"XX ",
        ] {
            #expect(bind(body, "multipart/form-data\(type)").refusal?.code == .validation, "\(type)")
        }
        let long =
            "--XX\r\nX: \(String(repeating: "x", count: 1_100))\r\nContent-Disposition: form-data; name=email\r\n\r\na\r\n--XX--"
        #expect(bind(long).refusal?.code == .validation)
        // The header of a part is found within 1,024 bytes of its boundary.
        let exact = { (count: Int) in
            let field = "\r\nContent-Disposition: form-data; name=email"
            return
                "--XX\r\nX: \(String(repeating: "x", count: count - field.utf8.count - 5))\(field)\r\n\r\na\r\n--XX--"
        }
        #expect(bind(exact(1_024)).output?[.email] == .string("a"))
        #expect(bind(exact(1_025)).refusal?.code == .validation)
        let many = (0..<100).map { Self.part("f\($0)", "") }.joined()
        #expect(bind(many + "--XX--").output != nil)
        #expect(bind(many + Self.part("email", "a") + "--XX--").refusal?.code == .tooLarge)
    }

    @Test(
        "A boundary has 1 to 70 of the characters of RFC 2046",
        arguments: [
            ("X", true), (String(repeating: "x", count: 70), true), (String(repeating: "x", count: 71), false),
            ("aZ09_'()+,-./:=?", true), ("a b", true), ("a<b", false), ("a*b", false), ("a@b", false),
            ("a\u{7F}b", false), ("é", false),
        ])
    func boundary(_ boundary: String, _ isOne: Bool) {
        let body = "--\(boundary)\r\nContent-Disposition: form-data; name=email\r\n\r\na\r\n--\(boundary)--"
        let bound = bind(body, "multipart/form-data; boundary=\"\(boundary)\"")
        #expect(bound.output?[.email] == (isOne ? .string("a") : nil))
        #expect((bound.refusal == nil) == isOne)
    }

    @Test("A part says once what it is, and may be nothing but its header")
    func dispositions() {
        let field = "Content-Disposition: form-data; name="
        #expect(bind("--XX\r\n\(field)email\r\n\(field)email\r\n\r\na\r\n--XX--").refusal?.code == .validation)
        #expect(bind("--XX\r\n\(field)email\r\n\r\n--XX--").output?[.email] == .string(""))
        #expect(bind("--XX\r\n\(field)email\r\n\r\n\r\n--XX--").output?[.email] == .string(""))
        #expect(bind("--XX\r\n\(field)email\r\n--XX--").refusal?.code == .validation)
    }

    @Test("A text is one value as a whole, sent with its type or with none")
    func text() {
        for type in ["text/plain", "text/plain; charset=UTF-8", ""] {
            #expect(bind("a@b\n", type, media: [.text], path: ["*"]).output?[.email] == .string("a@b\n"))
        }
        #expect(bind("a", "application/json", media: [.text], path: ["*"]).refusal?.code == .unsupportedMedia)
        #expect(bind("\"a\"", "application/json", media: [.text, .json], path: ["*"]).output?[.email] == .string("a"))
        #expect(bind("a", "", media: [.text, .json], path: ["*"]).refusal?.code == .unsupportedMedia)
        #expect(bind("a", "text/plain", media: [.text]).output?[.email] == nil)
    }

    @Test("JSON of other names, and items of lists by their number")
    func json() {
        for type in ["application/vnd.api+json", "application/x-amz-json-1.1", "application/json-rpc", "text/json"] {
            #expect(bind(#"{"email":"a"}"#, type).output?[.email] == .string("a"), "\(type)")
        }
        #expect(bind(#"{"email":"a"}"#, "text/x+json").refusal?.code == .unsupportedMedia)
        let path = ["auth", "methods", "1", "user"]
        #expect(
            bind(#"{"auth":{"methods":[0,{"user":"a"}]}}"#, "application/json", path: path).output?[.email]
                == .string("a"))
        #expect(bind(#"{"auth":{"methods":[0]}}"#, "application/json", path: path).output?[.email] == nil)
        #expect(
            bind(#"{"auth":{"methods":{"1":{"user":"a"}}}}"#, "application/json", path: path).output?[.email]
                == .string("a"))
    }

    @Test("Printed multipart and text bodies bind to what they were printed from", arguments: 0..<60 as Range<UInt64>)
    func printed(seed: UInt64) throws {
        var random = SeededText(seed)
        for media in [MediaType.multipart, .text] {
            let route = Sample.dialect([
                Sample.route("POST /x", .signUp) {
                    $0.media = [media]
                    $0.bindings =
                        media == .text
                        ? [Binding(.email, [.body(["*"])])]
                        : [Binding(.email, [.body(["email"])]), Binding(.name, [.body(["profile", "name"])])]
                }
            ]).routes[0]
            var submission = Submission()
            submission.bound = route.route.bindings.map(\.input)
            for input in submission.bound { submission[input] = .string("a" + random.text() + "watchword") }
            let request = try #require(route.request(submitting: submission))
            let bound = route.bind(request, parameters: [])
            #expect(bound == .granted(submission), "seed \(seed)")
            for (input, value) in submission.entries {
                #expect(
                    bound.output?[input]?.string.map { Array($0.utf8) } == value.string.map { Array($0.utf8) },
                    "seed \(seed)")
            }
        }
    }

    @Test("Multipart bytes of any kind are bound or refused, never a trap", arguments: 0..<40 as Range<UInt64>)
    func fuzz(seed: UInt64) {
        var random = SeededText(seed)
        let pieces = [
            "--XX", "\r\n", "\r\n\r\n", "--", "Content-Disposition: form-data", "; name=", "\"", "email", ":", ";", "x",
        ]
        for _ in 0..<200 {
            _ = bind(random.text(pieces), "multipart/form-data; boundary=" + random.pick(["XX", random.text()]))
        }
    }
}
