import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Which words answer a refusal")
struct MappingTests {
    private func dialect(_ codes: [RefusalCode], route: [RefusalCode] = []) -> (dialect: Dialect, route: Route) {
        var dialect = Dialect(name: "d", version: "1", summary: "")
        dialect.errors[.error] = Reply(status: 400)
        // The status tells which of them was taken.
        for (index, code) in codes.enumerated() { dialect.errors[code] = Reply(status: 450 + index) }
        var line = Sample.route("GET /x")
        for (index, code) in route.enumerated() { line.errors[code] = Reply(status: 550 + index) }
        return (dialect, line)
    }

    @Test(
        "Every code is answered by its own words, or by those of the nearest above it", arguments: RefusalCode.allCases)
    func nearest(code: RefusalCode) {
        let chain = Array(sequence(first: code, next: \.parent))
        #expect(chain.last == .error)
        for (height, ancestor) in chain.enumerated() where ancestor != .error {
            let (dialect, _) = dialect([ancestor])
            let mapping = dialect.mapping(of: code, on: nil)
            #expect(mapping?.reply.status == 450, "\(ancestor)")
            // HTTP's own status counts only where somebody between them has one and the words are an ancestor's.
            let own = chain[..<height].lazy.compactMap(\.ownStatus).first
            #expect(mapping?.status == own ?? 450, "\(code) by \(ancestor)")
        }
        let (bare, _) = dialect([])
        #expect(bare.mapping(of: code, on: nil)?.status == chain.lazy.compactMap(\.ownStatus).first ?? 400)
        #expect(bare.mapping(of: code, on: nil)?.reply.status == 400)
    }

    @Test(
        "A route's words go before the dialect's of the same code, and behind nearer ones",
        arguments: RefusalCode.allCases)
    func routes(code: RefusalCode) {
        let (both, route) = dialect([code], route: [code])
        #expect(both.mapping(of: code, on: route)?.reply.status == 550)
        #expect(both.mapping(of: code, on: nil)?.reply.status == (code == .error ? 450 : 450))
        guard let parent = code.parent else { return }
        let (nearer, above) = dialect([code], route: [parent])
        #expect(nearer.mapping(of: code, on: above)?.reply.status == 450)
        let (farther, own) = dialect([parent], route: [code])
        #expect(farther.mapping(of: code, on: own)?.reply.status == 550)
        #expect(farther.mapping(of: parent, on: own)?.reply.status == 450)
    }

    @Test(
        "What is compiled answers with the same words and status as the mapping says", arguments: RefusalCode.allCases)
    func compiled(code: RefusalCode) {
        for codes in [[], [RefusalCode.unauthorized, .validation], [.invalidToken, .notFound, .rateLimited]] {
            let (dialect, route) = dialect(codes, route: [.invalidCredentials, .busy])
            var routed = dialect
            routed.routes = [route]
            let compiled = CompiledDialect(routed)
            for line in [compiled.routes[0], nil] {
                let response = compiled.reply(refused: Refusal(code), route: line, in: ReplyContext(baseURL: ""))
                #expect(response.status == dialect.mapping(of: code, on: line?.route)?.status, "\(codes)")
            }
        }
    }

    @Test("A dialect without any words, which no file makes, says HTTP's own status and nothing else")
    func none() {
        let compiled = CompiledDialect(Dialect(name: "d", version: "1", summary: ""))
        #expect(compiled.dialect.mapping(of: .busy, on: nil) == nil)
        for code in RefusalCode.allCases {
            let response = compiled.reply(refused: Refusal(code), route: nil, in: ReplyContext(baseURL: ""))
            #expect(response == WireResponse(status: code.ownStatus ?? 500))
        }
    }

    @Test("A case's status is its own, but where HTTP has one for what the words inherit")
    func statuses() {
        var words = Reply(status: 400, body: .slot(.error(.status), []))
        var html = Reply(status: 302, body: .slot(.error(.status), []))
        html.conditions = [Condition([.header("accept", scheme: nil)], .present)]
        words.cases = [html]
        let dialect = Sample.dialect { $0.errors = [.error: words] }
        func answer(_ code: RefusalCode, _ headers: [(name: String, value: String)]) -> String {
            let context = ReplyContext(
                baseURL: "", contents: RequestContents(WireRequest(method: "GET", path: "/", headers: headers)))
            let response = dialect.reply(refused: Refusal(code), route: nil, in: context)
            return "\(response.status) \(response.text)"
        }
        #expect(answer(.conflict, []) == "400 400")
        #expect(answer(.conflict, [("accept", "*")]) == "302 302")
        #expect(answer(.notFound, []) == "404 404")
        #expect(answer(.notFound, [("accept", "*")]) == "404 404")
    }

    @Test("The variables that a dialect reads are those of its settings, algorithms and secrets, in this order")
    func variables() throws {
        let sections = """
            settings: {a: {env: SETTING_A, unit: m, default: 5}, b: {env: SETTING_B, type: int, default: 5}}
            keys: {k: {alg: HS256, env: SECRET_K, alg_env: ALG_K}, l: {alg: HS256, alg_env: ALG_L}, m: {alg: ES256, env: PEM_M}}
            session: {max: $a}
            """
        #expect(
            try Tiny.dialect(sections).environmentNames == [
                "SETTING_A", "SETTING_B", "ALG_K", "ALG_L", "SECRET_K", "PEM_M",
            ])
        #expect(try Tiny.dialect().environmentNames == [])
    }

    @Test("A path is told as it is written, and the root is a slash")
    func paths() {
        for path in ["/", "/a", "/a/", "/a/{id}/b", "/{x}", "//"] {
            #expect(Sample.route("GET \(path)").pathText == path)
            #expect(Socket(path: Sample.path(path), operation: .connectUser, opening: .handshake([])).pathText == path)
        }
    }

    @Test("Whether answers tell the request's id is known of the granted and of the refused")
    func requestIDs() {
        let id = Tree.text([.literal("r "), .slot(.request(.id), [])])
        func names(_ change: (inout Route, inout Dialect) -> Void) -> [Bool] {
            var dialect = Dialect(name: "d", version: "1", summary: "")
            dialect.errors[.error] = Reply(status: 400, body: .literal(.null))
            var route = Sample.route("GET /x")
            change(&route, &dialect)
            dialect.routes = [Sample.route("GET /y"), route]
            return [route.namesRequest, dialect.refusalsNameRequest]
        }
        #expect(names { _, _ in } == [false, false])
        #expect(names { route, _ in route.reply.body = .object([TreeMember("a", id)]) } == [true, false])
        #expect(names { route, _ in route.otherReplies = [Reply(status: 200, body: id)] } == [true, false])
        #expect(names { route, _ in route.reply.headers = [ReplyHeader("X", id)] } == [true, false])
        #expect(names { route, _ in route.reply.cookies = [ReplyCookie("c", id)] } == [true, false])
        #expect(names { route, _ in route.errors[.conflict] = Reply(status: 409, body: id) } == [false, true])
        #expect(
            names { _, dialect in dialect.errors[.conflict] = Reply(status: 409, body: .array([id])) } == [false, true])
        #expect(
            names { _, dialect in
                dialect.errors[.error]?.cases = [Reply(status: 409, body: .each(.errors, id))]
            } == [false, true])
        #expect(names { route, _ in route.reply.body = .slot(.request(.time), []) } == [false, false])
    }
}
