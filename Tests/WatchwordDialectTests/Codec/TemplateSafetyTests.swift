import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Nothing that a person wrote changes the shape of an answer")
struct TemplateSafetyTests {
    private static let people: [Slot] = [
        .user(.name), .user(.email), .user(.username), .user(.field("theme")), .agent(.name), .apiKey(.name),
        .extra("said"), .request(.path), .request(.url), .session(.userAgent),
    ]
    private static let filters: [[Filter]] = [
        [], [], [.optional], [.lower], [.upper], [.list], [.string], [.emptyText],
    ]

    private static func tree(_ random: inout SeededText, depth: Int, item: Slot? = nil) -> Tree {
        let slots = people + (item.map { [$0, $0] } ?? [])
        switch random.below(depth == 0 ? 3 : 8) {
        case 0: return .literal(random.pick([.null, .bool(true), .int(-7), .string(random.text())]))
        case 1: return .slot(random.pick(slots), random.pick(filters))
        case 2:
            return .text(
                (0..<random.below(4)).map { _ in
                    random.below(2) == 0 ? .literal(random.text()) : .slot(random.pick(slots), [])
                })
        case 3: return .array((0..<random.below(4)).map { _ in tree(&random, depth: depth - 1, item: item) })
        case 4: return .each(.agents, tree(&random, depth: depth - 1, item: .itemAgent(.name)))
        case 5:
            return .group(
                .agents, by: .itemAgent(.name), take: random.pick([.first, .all]),
                tree(&random, depth: depth - 1, item: .itemAgent(.name)))
        case 6:
            return .conditional(
                .isOne(random.pick(slots), of: [.string("never this")]), then: tree(&random, depth: depth - 1),
                otherwise: random.below(2) == 0 ? nil : tree(&random, depth: depth - 1))
        default:
            return .object(
                (0..<random.below(5)).map {
                    TreeMember("m\($0)\(random.text())", tree(&random, depth: depth - 1, item: item))
                })
        }
    }

    /// What every person's text is, in the order of the lists.
    private static func answer(_ reply: Reply, _ text: (Int) -> String) -> WireResponse {
        let dialect = Sample.dialect([
            Sample.route("POST /x", reply: reply) { $0.extras = [Extra("said", [.header("x-said", scheme: nil)])] }
        ])
        var grant = Sample.grant
        grant.user?.name = text(0)
        grant.user?.email = text(1)
        grant.user?.username = text(2)
        grant.user?.fields["theme"] = .string(text(3))
        grant.agent?.name = text(4)
        grant.apiKey?.key.name = text(5)
        grant.session?.userAgent = text(6)
        grant.agents = (7..<10).map { Sample.agent("a\($0)", text($0) + "\($0)", online: true) }
        let request = WireRequest(
            method: "POST", path: text(10), query: text(11), headers: [("x-said", text(12))])
        return dialect.reply(
            granted: grant, route: dialect.routes[0],
            in: ReplyContext(baseURL: "https://auth.example", contents: RequestContents(request)))
    }

    /// The same with every text the same, and every name in a group.
    private static func shape(_ value: Value) -> Value {
        switch value {
        case .string: .string("")
        case .array(let items): .array(items.map(shape))
        case .object(let members):
            .object(members.map { .init($0.name.hasPrefix("m") ? String($0.name.prefix(2)) : "", shape($0.value)) })
        default: value
        }
    }

    @Test("A body is JSON of the same shape, whatever the texts are", arguments: 0..<400 as Range<UInt64>)
    func bodies(seed: UInt64) throws {
        var random = SeededText(seed)
        let tree = Self.tree(&random, depth: 4)
        let texts = (0..<13).map { _ in "x" + random.text() }
        let calm = Self.answer(Reply(status: 200, body: tree)) { "x\($0)" }
        let hostile = Self.answer(Reply(status: 200, body: tree)) { texts[$0] }
        guard case .success(let expected) = JSON.parse(calm.body), case .success(let found) = JSON.parse(hostile.body)
        else {
            Issue.record("seed \(seed): no JSON: \(hostile.text)")
            return
        }
        #expect(Self.shape(found) == Self.shape(expected), "seed \(seed)")
        #expect(hostile.headers.map(\.name) == calm.headers.map(\.name), "seed \(seed)")
    }

    @Test("Header fields and cookies are as many, and one line each", arguments: 0..<200 as Range<UInt64>)
    func headers(seed: UInt64) {
        var random = SeededText(seed)
        var reply = Reply(status: 200, body: .literal(.null))
        for index in 0..<4 {
            let value = Tree.text([.literal("v"), .slot(random.pick(Self.people), []), .literal("w")])
            reply.headers.append(ReplyHeader(random.pick(["X-A", "WWW-Authenticate", "Link"]) + "\(index)", value))
            reply.cookies.append(ReplyCookie("c\(index)", value))
        }
        let texts = (0..<13).map { _ in "x" + random.text() }
        let response = Self.answer(reply) { texts[$0] }
        #expect(response.headers.count == 9, "seed \(seed)")
        for header in response.headers {
            #expect(!header.value.utf8.contains { $0 < 0x20 || $0 == 0x7F }, "seed \(seed): \(header)")
            guard header.name == "Set-Cookie" else { continue }
            #expect(header.value.filter { $0 == ";" }.count == 4 && header.value.hasSuffix("; Secure"), "seed \(seed)")
        }
    }
}
