import Testing
import WatchwordCore
import WatchwordDialect

/// A response that holds what opens a door must be kept by no cache, wherever in it that stands.
@Suite("Replies that hold a secret")
struct SecretReplyTests {
    private static let secrets: [Slot] = [
        .access(.token), .refresh(.token), .ticket(.token), .apiKey(.secret), .itemKey(.secret),
    ]
    private static let others: [Slot] = [
        .access(.expiresIn), .access(.expiresAt), .refresh(.ttl), .ticket(.issuedAt), .apiKey(.hint), .apiKey(.id),
        .itemKey(.name), .user(.email), .session(.id), .request(.id), .agent(.id), .paging(.total),
    ]

    private static let trees: [(name: String, tree: @Sendable (Slot) -> Tree)] = [
        ("alone", { .slot($0, []) }), ("in a text", { .text([.literal("a "), .slot($0, [])]) }),
        ("in an object", { Sample.object(("a", .literal(.null)), ("t", .slot($0, [.optional]))) }),
        ("in a list", { .array([.literal(.int(1)), .slot($0, [])]) }),
        ("in one branch", { .conditional(.fact(.user(.email)), then: .slot($0, []), otherwise: nil) }),
        ("in the other", { .conditional(.fact(.user(.email)), then: .literal(.int(1)), otherwise: .slot($0, [])) }),
        ("asked for", { .conditional(.fact($0), then: .literal(.int(1)), otherwise: nil) }),
        ("in each item", { .each(.apiKeys, .slot($0, [])) }),
        ("in a group", { .group(.apiKeys, by: .itemKey(.name), take: .all, .slot($0, [])) }),
        ("naming a group", { .group(.apiKeys, by: $0, take: .first, .literal(.int(1))) }),
    ]

    @Test("are known as such wherever in the body it is, and no other is")
    func bodies() {
        for (name, tree) in Self.trees {
            for slot in Self.secrets + Self.others {
                let reply = Reply(status: 200, body: tree(slot))
                #expect(Sample.response(reply).isSecret == Self.secrets.contains(slot), "\(slot) \(name)")
            }
        }
    }

    @Test("are known by a header field, a cookie's value or a bare text as well")
    func places() {
        for slot in Self.secrets + Self.others {
            let isSecret = Self.secrets.contains(slot)
            let header = Reply(status: 204, headers: [ReplyHeader("X-Token", .slot(slot, []))])
            #expect(Sample.response(header).isSecret == isSecret, "\(slot)")
            var cookie = Reply(status: 204)
            cookie.cookies = [ReplyCookie("a", .literal(.string("x"))), ReplyCookie("c", .slot(slot, []))]
            #expect(Sample.response(cookie).isSecret == isSecret, "\(slot)")
            var text = Reply(status: 200, body: .slot(slot, []))
            text.isText = true
            #expect(Sample.response(text).isSecret == isSecret, "\(slot)")
        }
    }

    @Test("are those that repeat what a request says, since that may have been a credential")
    func extras() {
        let reply = Reply(status: 200, body: .slot(.extra("x"), []))
        let dialect = Sample.dialect([Sample.route("GET /x", reply: reply) { $0.extras = [Extra("x", [.query("q")])] }])
        let contents = RequestContents(WireRequest(method: "GET", path: "/x", query: "q=said"))
        let response = dialect.reply(
            granted: Grant(), route: dialect.routes[0], in: ReplyContext(baseURL: "", contents: contents))
        #expect(response.text == #""said""#)
        #expect(response.isSecret)
    }

    @Test("A refusal that repeats what a request says is one too, also where only one of its cases does")
    func refusals() {
        let told = Reply(status: 400, body: .slot(.extra("x"), []))
        var cased = Reply(status: 400, body: .literal(.null))
        var first = told
        first.conditions = [Condition([.query("q")], .present)]
        cased.cases = [first]
        for reply in [told, cased] {
            let dialect = Sample.dialect([Sample.route("GET /x") { $0.extras = [Extra("x", [.query("q")])] }]) {
                $0.errors[.forbidden] = reply
            }
            let contents = RequestContents(WireRequest(method: "GET", path: "/x", query: "q=said"))
            let response = dialect.reply(
                refused: Refusal(.forbidden), route: dialect.routes[0],
                in: ReplyContext(baseURL: "", contents: contents))
            #expect(response.text == #""said""#)
            #expect(response.isSecret)
        }
    }
}
