import Testing
import WatchwordCore
import WatchwordDialect

/// Header fields end at CR and LF (RFC 9112 section 5), and some readers stop at NUL.
@Suite("No fact ends a header field or begins another")
struct HeaderInjectionTests {
    private static let attacks = [
        "a\r\nSet-Cookie: sid=evil", "a\nX-Evil: 1", "a\rX-Evil: 1", "\r\n\r\n<script>alert(1)</script>", "a\u{0}b",
        "a\u{B}\u{C}\u{1F}\u{7F}b", "\r\n", "a\u{2028}b\u{85}c", "a\r\n folded", "a;b,c=d\"e\\f",
    ]

    private func isClean(_ response: WireResponse, fields: Int) -> Bool {
        response.headers.count == fields
            && response.headers.allSatisfy { !$0.value.utf8.contains { $0 < 0x20 || $0 == 0x7F } }
    }

    @Test("in a field of its own, alone and among words", arguments: attacks)
    func fields(attack: String) {
        for slot in EverySlot.plain {
            for tree in [Tree.slot(slot, []), .text([.literal("a "), .slot(slot, []), .literal(" z")])] {
                let reply = Reply(status: 204, headers: [ReplyHeader("X-A", tree), ReplyHeader("X-B", tree)])
                let response = EverySlot.answer(reply, attack, query: "o=10")
                let isPresent = response.header("x-a") != nil
                #expect(isClean(response, fields: isPresent ? 2 : 0), "\(slot): \(response.headers)")
                #expect(response.headers.allSatisfy { $0.name.hasPrefix("X-") }, "\(slot)")
            }
        }
    }

    @Test("in a Location, where every sign of a URL is escaped as well", arguments: attacks)
    func locations(attack: String) throws {
        for slot in EverySlot.plain {
            let tree = Tree.text([.literal("/done?a="), .slot(slot, []), .literal("&z=1")])
            let response = EverySlot.answer(
                Reply(status: 302, headers: [ReplyHeader("Location", tree)]), attack, query: "o=10")
            guard let value = response.header("location") else { continue }
            #expect(isClean(response, fields: 1), "\(slot)")
            #expect(value.hasPrefix("/done?a=") && value.hasSuffix("&z=1"), "\(slot): \(value)")
            let inside = value.dropFirst("/done?a=".count).dropLast("&z=1".count)
            let isUnreserved = inside.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "-._~%".utf8.contains(byte)
            }
            #expect(isUnreserved, "\(slot): \(value)")
        }
    }

    @Test("in a cookie, where nothing ends its value or adds an attribute", arguments: attacks)
    func cookies(attack: String) {
        for slot in EverySlot.plain {
            var reply = Reply(status: 204)
            var cookie = ReplyCookie("c", .text([.literal("v"), .slot(slot, [])]))
            cookie.maximumAge = .literal(.int(60))
            reply.cookies = [cookie]
            let response = EverySlot.answer(reply, attack, query: "o=10")
            guard let field = response.header("set-cookie") else { continue }
            #expect(isClean(response, fields: 1), "\(slot)")
            #expect(field.hasPrefix("c=v"), "\(slot)")
            #expect(field.hasSuffix("; Max-Age=60; Path=/; HttpOnly; SameSite=Lax; Secure"), "\(slot)")
            let value = field.prefix { $0 != ";" }.dropFirst(2)
            #expect(value.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"\",;\\".utf8.contains($0) }, "\(slot)")
        }
    }

    @Test("with these very bytes in each place")
    func bytes() {
        let slot = Tree.slot(.user(.name), [])
        var reply = Reply(
            status: 302,
            headers: [
                ReplyHeader("X-Name", slot),
                ReplyHeader("Location", .text([.literal("/in?n="), .slot(.user(.name), [])])),
            ])
        reply.cookies = [ReplyCookie("n", slot)]
        #expect(
            EverySlot.answer(reply, "a\r\nB: c=\u{0}\u{E9}").lines == [
                "302", "X-Name: aB: c=\u{E9}", "Location: /in?n=a%0D%0AB%3A%20c%3D%00%C3%A9",
                "Set-Cookie: n=a%0D%0AB:%20c=%00%C3%A9; Path=/; HttpOnly; SameSite=Lax; Secure",
            ])
    }

    @Test("in a bare text that a browser runs, where no tag begins", arguments: ["<b>", "\"'&", "</p><script>"])
    func html(attack: String) {
        for slot in EverySlot.plain {
            var reply = Reply(status: 200, body: .text([.literal("<p>"), .slot(slot, []), .literal("</p>")]))
            reply.isText = true
            reply.contentType = "text/html; charset=utf-8"
            let text = EverySlot.answer(reply, attack, query: "o=10").text
            #expect(text.hasPrefix("<p>") && text.hasSuffix("</p>"), "\(slot)")
            let inside = text.dropFirst(3).dropLast(4)
            #expect(!inside.utf8.contains { "<>\"'".utf8.contains($0) }, "\(slot): \(text)")
        }
    }

    @Test("A refusal's words are as clean, and so are the fields that are added to them", arguments: attacks)
    func refusals(attack: String) {
        let words = Tree.text([.literal("Bearer error=\""), .slot(.error(.message), []), .literal("\"")])
        let dialect = Sample.dialect([
            Sample.route("POST /x", .signUp) {
                $0.media = [.json]
                $0.bindings = [Binding(.email, [.body([attack])])]
            }
        ]) {
            $0.errors[.error] = Reply(
                status: 400,
                headers: [
                    ReplyHeader("WWW-Authenticate", words), ReplyHeader("X-Fault", .slot(.error(.id), [])),
                    ReplyHeader("X-Path", .slot(.request(.path), [])),
                ])
        }
        let refusal = Refusal(
            .validation, problems: [InputProblem(.email, .type, expected: attack)], retryAfter: 3, faultID: attack)
        let contents = RequestContents(WireRequest(method: attack, path: attack))
        let response = dialect.reply(
            refused: refusal, route: dialect.routes[0], in: ReplyContext(baseURL: "", contents: contents))
        #expect(isClean(response, fields: 4), "\(response.headers)")
        #expect(response.header("retry-after") == "3")
    }

    @Test("A URL of ours is one as it is where a Location begins, and is escaped like any text behind that")
    func ownURLs() {
        let url = TextPiece.slot(.request(.url), [])
        func location(_ tree: Tree, _ query: String) -> String? {
            let reply = Reply(status: 302, headers: [ReplyHeader("Location", tree)])
            return EverySlot.answer(reply, "y", query: query).header("location")
        }
        let attack = "a=1&next=https://evil.example"
        #expect(location(.slot(.request(.url), []), attack) == "https://auth.example/xy?\(attack)")
        #expect(location(.text([url, .literal("#in")]), attack) == "https://auth.example/xy?\(attack)#in")
        let escaped = "https%3A%2F%2Fauth.example%2Fxy%3Fa%3D1%26next%3Dhttps%3A%2F%2Fevil.example"
        #expect(location(.text([.literal("/login?next="), url]), attack) == "/login?next=\(escaped)")
        let base = TextPiece.slot(.request(.baseURL), [])
        #expect(
            location(.text([base, .literal("/login?next="), url]), attack)
                == "https://auth.example/login?next=\(escaped)")
    }

    @Test("What a client reads in such a Location is the URL that was put in")
    func readURLs() throws {
        let tree = Tree.text([
            .slot(.request(.baseURL), []), .literal("/login?next="), .slot(.request(.url), []),
        ])
        let choice = Tree.conditional(
            .fact(.user(.role)), then: tree, otherwise: .text([.literal("/?n="), .slot(.request(.url), [])]))
        for value in [tree, choice] {
            let reply = Reply(status: 302, headers: [ReplyHeader("Location", value)])
            let response = EverySlot.answer(reply, "y", query: "a=1&b=%20")
            let parsed = Sample.dialect([Sample.route("GET /x", reply: reply)]).routes[0].parse(response)
            #expect(parsed?.values[.request(.baseURL)] == .string("https://auth.example"))
            #expect(parsed?.values[.request(.url)] == .string("https://auth.example/xy?a=1&b=%20"))
        }
    }
}
