import Testing
import WatchwordCore
import WatchwordDialect

/// Two readers of one request must not each take another of two values: what is there twice is refused.
@Suite("Fields that are there twice")
struct RepeatedFieldTests {
    private enum Place: CaseIterable {
        case header, scheme, query, cookie, basic, form, multipart
    }

    private static func source(_ place: Place) -> InputSource {
        switch place {
        case .header: .header("x-name", scheme: nil)
        case .scheme: .header("x-name", scheme: "Name")
        case .query: .query("name")
        case .cookie: .cookie("name")
        case .basic: .basic(.password)
        case .form, .multipart: .body(["name"])
        }
    }

    /// A request with these values, one after the other, in that place.
    private static func request(_ place: Place, _ values: [String], apart: Bool = false) -> WireRequest {
        var request = WireRequest(method: "POST", path: "/x")
        switch place {
        case .header: request.headers = values.map { ("x-name", $0) }
        case .scheme: request.headers = values.map { ("x-name", "name \($0)") }
        case .query: request.query = values.map { "name=\($0)" }.joined(separator: apart ? "&x=1&&" : "&")
        case .cookie:
            let pairs = values.map { "name=\($0)" }
            request.headers = apart ? pairs.map { ("cookie", $0) } : [("cookie", pairs.joined(separator: "; "))]
        case .basic:
            request.headers = values.map {
                ("authorization", "Basic " + Base64.text(Array("u:\($0)".utf8), padded: true))
            }
        case .form:
            request.headers = [("content-type", "application/x-www-form-urlencoded")]
            request.body = Array(values.map { "name=\($0)" }.joined(separator: apart ? "&x=1&" : "&").utf8)
        case .multipart:
            request.headers = [("content-type", "multipart/form-data; boundary=XX")]
            let parts = values.map { "--XX\r\nContent-Disposition: form-data; name=name\r\n\r\n\($0)\r\n" }
            request.body = Array((parts.joined() + "--XX--").utf8)
        }
        return request
    }

    private static func bind(_ place: Place, _ values: [String], apart: Bool = false) -> Outcome<Submission> {
        Sample.dialect([
            Sample.route("POST /x", .signUp) {
                $0.media = [.form, .multipart]
                $0.bindings = [Binding(.name, [source(place)])]
            }
        ]).routes[0].bind(request(place, values, apart: apart), parameters: [])
    }

    @Test("One is that one, in every place")
    func one() {
        for place in Place.allCases { #expect(Self.bind(place, ["a"]).output?[.name] == .string("a"), "\(place)") }
    }

    @Test("None is none, in every place")
    func none() {
        for place in Place.allCases { #expect(Self.bind(place, []).output?.entries.isEmpty == true, "\(place)") }
    }

    @Test(
        "Two are refused by name, the same value twice or not, next to each other or not",
        arguments: [["a", "b"], ["a", "a"], ["a", "a", "a"]])
    func two(values: [String]) {
        let problem = InputProblem(.name, .type, expected: "string")
        for place in Place.allCases {
            for apart in [false, true] {
                #expect(
                    Self.bind(place, values, apart: apart).refusal == Refusal(.validation, problems: [problem]),
                    "\(place)")
            }
        }
    }

    @Test("An empty one beside another is a second one, but for a field of the header, where empty is absent")
    func empty() {
        for place in Place.allCases {
            let isAbsent = place == .header || place == .scheme
            for values in [["", "a"], ["a", ""]] {
                let bound = Self.bind(place, values)
                #expect(bound.output?[.name] == (isAbsent ? .string("a") : nil), "\(place) \(values)")
                #expect((bound.refusal == nil) == isAbsent, "\(place) \(values)")
            }
        }
    }

    @Test("A member of JSON that is there twice makes the body none, however deep it is")
    func members() {
        let route = Sample.dialect([
            Sample.route("POST /x", .signUp) {
                $0.media = [.json]
                $0.bindings = [Binding(.name, [.body(["name"])])]
            }
        ]).routes[0]
        for body in [
            #"{"name":"a","name":"a"}"#, #"{"name":"a","x":1,"na\u006de":"b"}"#, #"{"name":"a","x":{"y":1,"y":1}}"#,
            #"{"name":"a","x":[{"":1,"":2}]}"#,
        ] {
            let request = WireRequest(
                method: "POST", path: "/x", headers: [("content-type", "application/json")], body: Array(body.utf8))
            #expect(route.bind(request, parameters: []).refusal?.code == .badJSON, "\(body)")
        }
    }

    @Test("A credential that is there twice is malformed wherever its carrier looks")
    func credentials() {
        let places: [(Place, Carrier.Place)] = [
            (.header, .header("x-name", scheme: nil)), (.scheme, .header("x-name", scheme: "Name")),
            (.query, .query("name")), (.cookie, .cookie("name")), (.basic, .basic(.password)),
            (.form, .body(["name"])), (.multipart, .body(["name"])),
        ]
        for (place, carried) in places {
            let route = Sample.dialect([
                Sample.route("POST /x") {
                    $0.carriers = [Carrier(carried, takes: .access)]
                    $0.media = [.form, .multipart]
                }
            ]).routes[0]
            let one = PresentedCredential(kind: .access, text: Secret("a"))
            #expect(route.credentials(in: Self.request(place, ["a"])) == .presented([one]), "\(place)")
            for values in [["a", "a"], ["a", "b"]] {
                for apart in [false, true] {
                    #expect(
                        route.credentials(in: Self.request(place, values, apart: apart)) == .malformed, "\(place)")
                }
            }
        }
    }

    @Test("A second value beyond the fields that are looked at does not count as the only one")
    func beyond() {
        let many = (0..<99).map { "f\($0)=1" }.joined(separator: "&")
        let route = Sample.dialect([
            Sample.route("POST /x") { $0.carriers = [Carrier(.query("name"), takes: .access)] }
        ]).routes[0]
        func read(_ query: String) -> CarriedCredentials {
            route.credentials(in: WireRequest(method: "POST", path: "/x", query: query))
        }
        #expect(read("name=a&" + many) != .malformed)
        #expect(read("name=a&" + many + "&name=b") == .malformed)
    }
}
