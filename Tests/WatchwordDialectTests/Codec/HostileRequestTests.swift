import Testing
import WatchwordCore
import WatchwordDialect

/// Requests that no client of the API sends, at every route of every shipped dialect.
@Suite("Hostile requests")
struct HostileRequestTests {
    private static let types = [
        "application/json", "application/json; charset=utf-8", "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=XX", "text/plain", "application/json; charset=utf-16", "",
    ]

    private static func header(_ random: inout SeededText, _ route: CompiledRoute) -> (name: String, value: String) {
        let names = ["authorization", "cookie", "x-api-key", "content-type", "x-csrf-token", "accept"]
        let schemes = ["Bearer ", "bearer", "Basic ", "Basic YTpi", "Token ", ""]
        return (random.pick(names), random.pick(schemes) + random.text())
    }

    /// A body in which some of the route's own names stand, with values of every kind.
    private static func body(_ random: inout SeededText, _ route: CompiledRoute) -> [UInt8] {
        let names = route.route.bindings.flatMap(\.sources).compactMap { source -> String? in
            if case .body(let path) = source { path.joined(separator: ".") } else { nil }
        }
        let values = [
            "null", "true", "0", "-1", "1e400", "9223372036854775808", #""\u0000""#, #""\ud800""#, "[]", "{}", "[[]]",
            #""a@b.c""#, JSON.text(.string(random.text())), #"{"a":{"b":[1]}}"#, "\"" + random.text() + "\"",
        ]
        switch random.below(4) {
        case 0: return random.bytes()
        case 1:
            let members = names.map { "\"\($0)\":\(random.pick(values))" } + [#""x":\#(random.pick(values))"#]
            return Array("{\(members.joined(separator: ","))}".utf8)
        case 2:
            return Array(names.map { "\($0)=\(random.text())" }.joined(separator: "&").utf8)
        default:
            let parts = names.map {
                "--XX\r\nContent-Disposition: form-data; name=\"\($0)\"\r\n\r\n\(random.text())\r\n"
            }
            return Array((parts.joined() + "--XX--\r\n").utf8)
        }
    }

    private static func request(_ random: inout SeededText, _ route: CompiledRoute) -> WireRequest {
        let headers = (0..<random.below(4)).map { _ in header(&random, route) }
        let query =
            random.below(2) == 0 ? nil : random.text(SeededText.hostile + ["token=", "limit=", "page=", "offset="])
        return WireRequest(
            method: route.route.method, path: route.route.pathText, query: query,
            headers: headers + [("content-type", random.pick(types))], body: body(&random, route))
    }

    @Test(
        "Whatever is sent, a route binds what it has inputs for, or refuses in one of four ways",
        arguments: Shipped.every)
    func binding(name: String) throws {
        let dialect = CompiledDialect(try Shipped.dialect(name))
        let codes: Set<RefusalCode> = [.unsupportedMedia, .badJSON, .tooLarge, .validation]
        for (seed, route) in (0..<60 as Range<UInt64>).flatMap({ seed in dialect.routes.map { (seed, $0) } }) {
            var random = SeededText(seed)
            let request = Self.request(&random, route)
            let parameters = route.route.path.compactMap { piece in
                if case .parameter(let name) = piece { (name: name, value: random.text()) } else { nil }
            }
            let outcome = route.bind(request, parameters: parameters)
            switch outcome {
            case .granted(let submission):
                let known = Set(route.route.bindings.map(\.input))
                #expect(submission.bound == route.route.bindings.map(\.input), "seed \(seed)")
                #expect(submission.entries.allSatisfy { known.contains($0.name) }, "seed \(seed)")
            case .refused(let refusal):
                #expect(codes.contains(refusal.code), "seed \(seed): \(refusal.code)")
                #expect(refusal.problems.count == 1, "seed \(seed)")
            }
            #expect(route.bind(request, parameters: parameters) == outcome, "seed \(seed): twice the same")
        }
    }

    @Test(
        "What a request holds for a credential is none, whole ones in the order of the carriers, or malformed",
        arguments: Shipped.every)
    func credentials(name: String) throws {
        let dialect = CompiledDialect(try Shipped.dialect(name))
        for (seed, route) in (0..<60 as Range<UInt64>).flatMap({ seed in dialect.routes.map { (seed, $0) } }) {
            var random = SeededText(seed)
            let request = Self.request(&random, route)
            guard case .presented(let presented) = route.credentials(in: request) else { continue }
            let taken = (route.route.carriers ?? []).map(\.takes)
            #expect(!presented.isEmpty && presented.count <= taken.count, "seed \(seed)")
            for credential in presented {
                #expect(taken.contains(credential.kind) && !credential.text.bytes.isEmpty, "seed \(seed)")
                #expect(credential.text.bytes.count <= 8_192, "seed \(seed)")
            }
        }
    }

    @Test(
        "The answer to a refused request is JSON of a status of refusals, and tells nothing that was sent as a secret",
        arguments: Shipped.every)
    func answers(name: String) throws {
        let dialect = CompiledDialect(try Shipped.dialect(name))
        for (seed, route) in (0..<40 as Range<UInt64>).flatMap({ seed in dialect.routes.map { (seed, $0) } }) {
            var random = SeededText(seed)
            var contents = RequestContents(Self.request(&random, route))
            guard case .refused(let refusal) = route.bind(&contents) else { continue }
            let context = ReplyContext(baseURL: "https://auth.example", contents: contents)
            let response = dialect.reply(refused: refusal, route: route, in: context)
            #expect((400...499).contains(response.status), "seed \(seed)")
            #expect((try? JSON.parse(response.body).get()) != nil, "seed \(seed): \(response.text)")
            #expect(!response.isSecret, "seed \(seed)")
        }
    }

    @Test(
        "Every path is a route's, another method's or nobody's, and so is every way to write it",
        arguments: Shipped.every)
    func paths(name: String) throws {
        let dialect = CompiledDialect(try Shipped.dialect(name))
        for seed in 0..<40 as Range<UInt64> {
            var random = SeededText(seed)
            for route in dialect.routes {
                var path = route.route.path.map { "/" + ($0.text.hasPrefix("{") ? random.segment() : $0.text) }.joined()
                path += random.pick(["", "", "/", "//", "/..", "%00", "%2F", "?", "\u{600}/", random.text()])
                for method in [route.route.method, "HEAD", "BREW", ""] {
                    switch dialect.match(method: method, path: path) {
                    case .found(let group, let parameters):
                        #expect([method, method == "HEAD" ? "GET" : method].contains(group.first.route.method))
                        #expect(parameters.allSatisfy { !$0.value.isEmpty && !$0.value.utf8.contains(0) })
                        #expect(parameters.allSatisfy { !$0.value.utf8.contains(0x2F) && $0.value != ".." })
                    case .methodNotAllowed(let allow):
                        #expect(allow.last == "OPTIONS" || allow.contains("OPTIONS"), "seed \(seed): \(path)")
                        #expect(!allow.contains(method), "seed \(seed): \(method) \(path)")
                        #expect(Set(allow).count == allow.count, "seed \(seed): \(allow)")
                    case .notFound: break
                    }
                }
                #expect(
                    dialect.allowedMethods(
                        path: route.route.path.map { "/" + ($0.text.hasPrefix("{") ? "1" : $0.text) }.joined()
                    ).contains(route.route.method))
            }
        }
    }

    @Test("A reply of another server is read or not, and never a trap", arguments: Shipped.every)
    func replies(name: String) throws {
        let dialect = CompiledDialect(try Shipped.dialect(name))
        for (seed, route) in (0..<60 as Range<UInt64>).flatMap({ seed in dialect.routes.map { (seed, $0) } }) {
            var random = SeededText(seed)
            var own = dialect.reply(granted: Sample.grant, route: route, in: ReplyContext(baseURL: ""))
            let from = random.below(own.body.count + 1)
            own.body.replaceSubrange(from..<min(own.body.count, from + random.below(9)), with: random.bytes())
            if random.below(3) == 0 { own.headers = [(name: "Set-Cookie", value: random.text())] }
            if let parsed = dialect.parse(own, route: route) {
                #expect(parsed.status == own.status, "seed \(seed)")
            }
        }
    }
}
