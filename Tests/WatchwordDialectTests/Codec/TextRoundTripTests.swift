import Testing
import WatchwordCore
import WatchwordDialect

/// What a server of a dialect writes, its client reads: texts byte by byte, in the dialects of other servers as well.
@Suite("Texts through every shipped dialect")
struct TextRoundTripTests {
    /// The facts that are texts as the grant has them.
    private static func texts(_ grant: Grant, numbers: Bool) -> [Slot: String?] {
        var texts: [Slot: String?] = [
            .user(.email): grant.user?.email, .user(.username): grant.user?.username, .user(.name): grant.user?.name,
            .user(.role): grant.user?.role, .access(.token): grant.access?.text.revealed,
            .refresh(.token): grant.refresh?.text.revealed, .ticket(.token): grant.ticket?.text.revealed,
            .session(.id): grant.session?.id.text, .apiKey(.secret): grant.apiKey?.secret?.revealed,
            .apiKey(.name): grant.apiKey?.key.name, .apiKey(.hint): grant.apiKey?.key.hint,
            .agent(.name): grant.agent?.name, .agent(.version): grant.agent?.version,
        ]
        if !numbers { texts[.user(.id)] = grant.user?.id.text }
        return texts
    }

    /// The facts that a tree names with a filter, or twice, or asks about, so that they are not as the grant has them.
    private static func changed(_ tree: Tree) -> Set<Slot> {
        switch tree {
        case .literal: []
        case .slot(let slot, let filters): filters.isEmpty || filters == [.optional] ? [] : [slot]
        case .text(let pieces):
            Set(pieces.compactMap { if case .slot(let slot, let filters) = $0, !filters.isEmpty { slot } else { nil } })
        case .object(let members): members.reduce(into: []) { $0.formUnion(changed($1.tree)) }
        case .array(let trees): trees.reduce(into: []) { $0.formUnion(changed($1)) }
        case .conditional(let question, let then, let otherwise):
            changed(then).union(otherwise.map(changed) ?? []).union(question.slot.map { [$0] } ?? [])
        case .each(_, let tree), .group(_, _, _, let tree): changed(tree)
        }
    }

    @Test("come back as they were put in, whatever is in them", arguments: Shipped.every)
    func replies(name: String) throws {
        let dialect = CompiledDialect(try Shipped.dialect(name))
        let numbers = dialect.dialect.terms.accounts.idFormat == .integer
        var count = 0
        for (seed, route) in (0..<30 as Range<UInt64>).flatMap({ seed in dialect.routes.map { (seed, $0) } }) {
            var random = SeededText(seed)
            let grant = EverySlot.grant("x" + random.text())
            let response = dialect.reply(
                granted: grant, route: route, in: ReplyContext(baseURL: "https://auth.example"))
            let parsed = try #require(dialect.parse(response, route: route), "seed \(seed) \(route.route.pathText)")
            #expect(parsed.refused == nil && parsed.status == response.status, "seed \(seed)")
            var changed = route.route.replies.compactMap(\.body).reduce(into: Set<Slot>()) {
                $0.formUnion(Self.changed($1))
            }
            // A field of the header holds no control character.
            for header in route.route.replies.flatMap(\.headers) {
                if case .slot(let slot, _) = header.value { changed.insert(slot) }
            }
            let texts = Self.texts(grant, numbers: numbers)
            for (slot, value) in parsed.values where !changed.contains(slot) {
                guard let text = texts[slot] else { continue }
                let isSame = value.string.map { Array($0.utf8) } == text.map { Array($0.utf8) }
                #expect(isSame, "seed \(seed), \(slot): \(value)")
                count += 1
            }
        }
        #expect(count > 100, "the dialect tells next to nothing")
    }

    @Test("A printed request prints again what it was printed from, once it was read", arguments: Shipped.every)
    func requests(name: String) throws {
        let dialect = CompiledDialect(try Shipped.dialect(name))
        for (seed, route) in (0..<20 as Range<UInt64>).flatMap({ seed in dialect.routes.map { (seed, $0) } }) {
            var random = SeededText(seed)
            var submission = Submission()
            for binding in route.route.bindings {
                guard case .socket = binding.sources[0] else {
                    submission[binding.input] = .string(random.segment())
                    continue
                }
            }
            guard let request = route.request(submitting: submission) else { continue }
            guard case .found(let group, let parameters) = dialect.match(method: request.method, path: request.path)
            else {
                Issue.record("seed \(seed): \(request.path)")
                continue
            }
            var contents = RequestContents(request, parameters: parameters)
            let chosen = try #require(group.choose(&contents).output, "seed \(seed)")
            let bound = try #require(chosen.bind(&contents).output, "seed \(seed)")
            var again = Submission(Dictionary(bound.entries.map { ($0.name, $0.value) }) { first, _ in first })
            again.bound = []
            #expect(chosen.request(submitting: again) == request, "seed \(seed) \(route.route.pathText)")
        }
    }

    @Test(
        "A header, a query, a cookie and a path take any text or refuse it, and never change it",
        arguments: 0..<150 as Range<UInt64>)
    func places(seed: UInt64) {
        var random = SeededText(seed)
        let sources: [InputSource] = [
            .path("p"), .query("q"), .header("x-h", scheme: nil), .header("x-s", scheme: "Tok"), .cookie("c"),
            .basic(.username), .basic(.password), .body(["b"]), .body(["b", "c"]),
        ]
        for media in [MediaType.json, .form, .multipart] {
            for source in sources {
                let line = source == .path("p") ? "POST /x/{p}" : "POST /x"
                let dialect = Sample.dialect([
                    Sample.route(line, .signUp) {
                        $0.media = [media]
                        $0.bindings = [Binding(.name, [source])]
                    }
                ])
                let text = random.text()
                guard let request = dialect.routes[0].request(submitting: Submission([.name: .string(text)])) else {
                    let mayRefuse: Bool
                    switch source {
                    case .query, .body: mayRefuse = false
                    default: mayRefuse = true
                    }
                    #expect(mayRefuse, "seed \(seed) \(source)")
                    continue
                }
                guard case .found(_, let parameters) = dialect.match(method: "POST", path: request.path) else {
                    Issue.record("seed \(seed): \(request.path)")
                    continue
                }
                let bound = dialect.routes[0].bind(request, parameters: parameters).output?[.name]?.string
                #expect(bound.map { Array($0.utf8) } == Array(text.utf8), "seed \(seed) \(source) \(media)")
            }
        }
    }
}
