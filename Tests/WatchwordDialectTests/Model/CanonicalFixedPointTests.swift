import Testing
import WatchwordCore
import WatchwordDialect

@Suite("The canonical form is a dialect file, and is its own canonical form")
struct CanonicalFixedPointTests {
    /// Loads the canonical form again, as text and as data, and finds the same.
    private func check(_ dialect: Dialect, _ note: String, _ place: SourceLocation = #_sourceLocation) {
        let text = dialect.canonicalJSON
        let again = Dialect.load(text: text, file: "again") { _ in nil }
        #expect(again.dialect == dialect, "\(note): \(again.diagnostics.map(\.description))", sourceLocation: place)
        // Texts that look alike are equal in Swift; here every byte counts.
        #expect(
            again.dialect.map { Array($0.canonicalJSON.utf8) } == Array(text.utf8), "\(note)", sourceLocation: place)
        #expect((try? JSON.parse(Array(text.utf8)).get()) == dialect.canonical, "\(note)", sourceLocation: place)
        // Printed for people, as YAML readers see it over many lines, it is the same.
        let indented = dialect.indentedJSON
        #expect(
            Dialect.load(text: indented, file: "indented") { _ in nil }.dialect == dialect, "\(note)",
            sourceLocation: place)
    }

    @Test("for every dialect that is shipped", arguments: Shipped.every)
    func shipped(name: String) throws { check(try Shipped.dialect(name), name) }

    @Test("for the file that uses most of the language, and for every legal change of it that the fixtures have")
    func fixtures() throws {
        let small = try MistakeTests.small()
        let cases = try MistakeTests.cases("risks.txt")
        #expect(cases.count > 20)
        for test in cases {
            let range = try #require(small.firstRange(of: test.find), "\(test.name)")
            let text = String(small[..<range.lowerBound]) + test.replace + small[range.upperBound...]
            let loading = Dialect.load(text: text, file: test.name) { _ in nil }
            check(try #require(loading.dialect, "\(test.name)"), test.name)
        }
    }

    @Test(
        "for the routes as they are compiled: what was canonical answers with the same bytes", arguments: Shipped.every)
    func bytes(name: String) throws {
        let dialect = try Shipped.dialect(name)
        let again = try #require(Dialect.load(text: dialect.canonicalJSON, file: "again") { _ in nil }.dialect)
        let (first, second) = (CompiledDialect(dialect), CompiledDialect(again))
        #expect(first.routes.count == second.routes.count)
        for (one, two) in zip(first.routes, second.routes) {
            for text in ["ada", "\"\r\n\u{0}<\u{301}"] {
                let grant = EverySlot.grant(text)
                let context = ReplyContext(
                    baseURL: "https://auth.example", contents: RequestContents(WireRequest(method: "GET", path: "/x")))
                #expect(
                    first.reply(granted: grant, route: one, in: context)
                        == second.reply(granted: grant, route: two, in: context), "\(one.route.pathText)")
                for code in RefusalCode.allCases {
                    let refusal = Refusal(code, retryAfter: 1, faultID: text)
                    #expect(
                        first.reply(refused: refusal, route: one, in: context)
                            == second.reply(refused: refusal, route: two, in: context), "\(code)")
                }
            }
        }
    }

    /// A tree of a file with texts that look like syntax, of every kind the language has.
    private static func tree(_ random: inout SeededText, _ depth: Int) -> Tree {
        let slots: [Slot] = [.user(.id), .user(.email), .user(.name), .access(.token), .request(.baseURL)]
        let filters: [[Filter]] = [[], [], [.lower], [.string, .list], [.emptyText], [.upper]]
        let text = { (random: inout SeededText) in
            random.text(SeededText.hostile + ["$", "$$", "${", "}", "$user.id", "$$$", "|", "$if", "$view"])
        }
        switch random.below(depth == 0 ? 3 : 6) {
        case 0: return .literal(random.pick([.null, .bool(false), .int(-3), .double(0.5), .string(text(&random))]))
        case 1: return .slot(random.pick(slots), random.pick(filters))
        case 2:
            // Neighbouring words are one piece, and a dollar sign before a fact stands only at the start.
            let words = "w" + text(&random).replacing("$", with: "S") + "w"
            return .text([.literal("$" + words), .slot(random.pick(slots), []), .literal("w" + text(&random))])
        case 3: return .array((0..<random.below(4)).map { _ in tree(&random, depth - 1) })
        case 4:
            let otherwise = random.below(2) == 0 ? nil : tree(&random, depth - 1)
            return .conditional(.fact(random.pick(slots)), then: tree(&random, depth - 1), otherwise: otherwise)
        default:
            return .object(
                (0..<random.below(4)).map { place in
                    let isOptional = random.below(5) == 0
                    return TreeMember(
                        "\(text(&random))\(place)",
                        isOptional ? .slot(random.pick(slots), [.optional]) : tree(&random, depth - 1))
                })
        }
    }

    @Test("for trees of any texts, whatever signs of the language stand in them", arguments: 0..<200 as Range<UInt64>)
    func trees(seed: UInt64) throws {
        var random = SeededText(seed)
        var dialect = try Tiny.dialect()
        dialect.routes[0].reply.body = Self.tree(&random, 3)
        let again = Dialect.load(text: dialect.canonicalJSON, file: "again") { _ in nil }
        #expect(
            again.dialect?.routes[0].reply.body == dialect.routes[0].reply.body,
            "seed \(seed): \(again.diagnostics) \(dialect.canonicalJSON)")
        #expect(again.dialect.map { Array($0.canonicalJSON.utf8) } == Array(dialect.canonicalJSON.utf8), "seed \(seed)")
    }

    @Test("The order of a file's sections, keys and settings says nothing", arguments: Shipped.every)
    func order(name: String) throws {
        let dialect = try Shipped.dialect(name)
        guard case .object(let members) = dialect.canonical else { return }
        for seed in 0..<10 as Range<UInt64> {
            var random = SeededText(seed)
            var left = members
            var shuffled: [Value.Member] = []
            while !left.isEmpty {
                var member = left.remove(at: random.below(left.count))
                // The order of routes, settings and the like is theirs; that of a table's keys is not.
                if case .object(let keys) = member.value,
                    ["users", "password", "tokens", "api_keys", "cors"].contains(member.name)
                {
                    member.value = .object(keys.reversed())
                }
                shuffled.append(member)
            }
            let again = Dialect.load(text: JSON.text(.object(shuffled)), file: "again") { _ in nil }
            #expect(again.dialect?.canonicalJSON == dialect.canonicalJSON, "seed \(seed): \(again.diagnostics)")
        }
    }

    @Test("Two dialects that differ have two canonical forms, wherever they differ")
    func differences() throws {
        let base = try Shipped.dialect("chatops")
        let changes: [(inout Dialect) -> Void] = [
            { $0.name += "x" }, { $0.version += "x" }, { $0.summary += "x" }, { $0.slash = .optional },
            { $0.contentType = "application/a+json" }, { $0.origins = ["https://a.example"] },
            { $0.settings[0].environment += "X" }, { $0.settings[0].initial = .int(1) }, { $0.settings.reverse() },
            { $0.keys[0].minimumBytes += 1 }, { $0.keys[0].environment = "X" }, { $0.keys[0].algorithm = .hs512 },
            { $0.terms.accounts.signUpOpen.toggle() }, { $0.terms.accounts.requireVerified.toggle() },
            { $0.terms.accounts.login.reverse() }, { $0.terms.accounts.idFormat = .hex32 },
            { $0.terms.password.minimum += 1 }, { $0.terms.password.maximum += 1 },
            { $0.terms.password.refuseCommon.toggle() }, { $0.terms.session.maximum = .hours(5) },
            { $0.terms.access.lifetime = .minutes(31) }, { $0.terms.refresh?.use = .rotate },
            { $0.terms.refresh?.lifetime = .days(8) }, { $0.terms.apiKeys?.prefix += "x" },
            { $0.terms.apiKeys?.acceptBare.toggle() }, { $0.terms.apiKeys?.bytes += 1 },
            { $0.terms.apiKeys?.boundToAgent.toggle() }, { $0.terms.apiKeys?.issueOnSignUp.toggle() },
            { $0.credentials[0].name += "x" }, { $0.credentials[0].carriers[0].takes = .password },
            { $0.messages[.required]?.code += "x" }, { $0.messages[.required] = nil },
            { $0.errors[.error]?.status = 499 }, { $0.errors[.error]?.body = nil },
            { $0.routes.reverse() }, { $0.routes[0].method = "PURGE" }, { $0.routes[0].reply.status = 299 },
            { $0.routes[0].reply.headers.append(ReplyHeader("X", .literal(.null))) },
            { $0.routes[0].bindings[0].input = .name }, { $0.routes[0].bindings[0].sources = [.cookie("x")] },
            { $0.routes[0].media = [.text] }, { $0.routes[0].errors[.busy] = Reply(status: 503) },
            { $0.sockets[0].maximumMessage += 1 }, { $0.sockets[0].subprotocols = ["x"] },
            { $0.sockets[0].refused.closeCode = 4_999 }, { $0.pages?.agent += "x" }, { $0.pages?.name = "x" },
        ]
        var texts = [base.canonicalJSON: -1]
        for (index, change) in changes.enumerated() {
            var dialect = base
            change(&dialect)
            let known = texts.updateValue(index, forKey: dialect.canonicalJSON)
            #expect(known == nil, "change \(index) is told as change \(known ?? -2)")
        }
    }
}
