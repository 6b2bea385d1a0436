import Testing
import WatchwordCore
import WatchwordDialect

/// Each byte of ASCII in the places where some must not be.
@Suite("Bytes of header fields")
struct FieldByteTests {
    private static let ascii = 0...0x7F as ClosedRange<UInt8>

    private func cookie(_ text: String, _ sameSite: ReplyCookie.SameSite? = .lax) -> String? {
        var cookie = ReplyCookie("c", .slot(.refresh(.token), []))
        cookie.sameSite = sameSite
        var reply = Reply(status: 204)
        reply.cookies = [cookie]
        return response(reply, text).header("set-cookie")
    }

    private func response(_ reply: Reply, _ text: String) -> WireResponse {
        var grant = Sample.grant
        grant.refresh?.text = Secret(text)
        return Sample.response(reply, grant)
    }

    @Test("A cookie's value has the octets of RFC 6265 section 4.1.1 as they are, and the others encoded")
    func cookies() {
        for byte in Self.ascii {
            let character = String(Unicode.Scalar(byte))
            // `%` is an octet of cookies, but would begin an escape.
            let isPlain = (0x21...0x7E).contains(byte) && !"\"%,;\\".contains(character)
            let expected = isPlain ? character : PercentEncoding.escape(byte)
            let field = cookie("a\(character)b")
            #expect(field == "c=a\(expected)b; Path=/; HttpOnly; SameSite=Lax; Secure", "\(byte)")
        }
    }

    @Test(
        "A cookie says which sites send it, or leaves it to the browser",
        arguments: [
            (ReplyCookie.SameSite.lax, "; SameSite=Lax"), (.strict, "; SameSite=Strict"),
            (ReplyCookie.SameSite.none, "; SameSite=None"),
            (nil, ""),
        ] as [(ReplyCookie.SameSite?, String)])
    func sameSite(_ sameSite: ReplyCookie.SameSite?, _ expected: String) {
        #expect(cookie("t", sameSite) == "c=t; Path=/; HttpOnly\(expected); Secure")
    }

    @Test("A field's value has no control character, whatever the fact in it has")
    func values() {
        let reply = Reply(status: 204, headers: [ReplyHeader("X-Token", .slot(.refresh(.token), []))])
        for byte in Self.ascii {
            let character = String(Unicode.Scalar(byte))
            let isControl = byte < 0x20 || byte == 0x7F
            #expect(
                response(reply, "a\(character)b").header("x-token") == (isControl ? "ab" : "a\(character)b"),
                "\(byte)")
        }
    }

    @Test("A name and a password of Basic have no control character (RFC 7617 section 2), and else any")
    func basic() {
        let route = Sample.dialect([
            Sample.route("GET /x") { $0.carriers = [Carrier(.basic(.password), takes: .apiKey)] }
        ]).routes[0]
        for byte in Self.ascii {
            let character = String(Unicode.Scalar(byte))
            for text in ["ada:a\(character)b", "a\(character)a:ab"] {
                let field = "Basic " + Base64.text(Array(text.utf8), padded: true)
                let request = WireRequest(
                    method: "GET", path: "/x", headers: [(name: "authorization", value: field)])
                let isControl = byte < 0x20 || byte == 0x7F
                let isRead = route.credentials(in: request) != .malformed
                #expect(isRead == !isControl, "\(byte)")
            }
        }
    }

    @Test("A path's segment hides no slash, no NUL and no dot segment, escaped or not")
    func segments() {
        let dialect = Sample.dialect([Sample.route("GET /a/{id}")])
        func value(_ segment: String) -> String? {
            guard case .found(_, let parameters) = dialect.match(method: "GET", path: "/a/" + segment) else {
                return nil
            }
            return parameters.first?.value
        }
        for byte in 0...0x7F as ClosedRange<UInt8> {
            let escaped = "x" + PercentEncoding.escape(byte)
            let isHidden = byte == 0 || byte == 0x2F
            #expect(value(escaped) == (isHidden ? nil : "x" + String(Unicode.Scalar(byte))), "\(byte)")
        }
        for segment in [".", "..", "%2e", "%2E%2e", ".%2E", "", "%FF", "%C3", "%", "%2", "%zz", "a/b"] {
            #expect(value(segment) == nil, "\(segment)")
        }
        for (segment, meant) in [("...", "..."), (".a", ".a"), ("a+b", "a+b"), ("%C3%A9", "é"), ("%252F", "%2F")] {
            #expect(value(segment) == meant)
        }
    }
}
