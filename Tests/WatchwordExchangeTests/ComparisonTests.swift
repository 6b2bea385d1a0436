import Testing
import WatchwordCore
import WatchwordDialect

@testable import WatchwordExchange

@Suite("Comparing two answers")
struct ComparisonTests {
    private func places(_ ours: WireResponse, _ theirs: WireResponse, _ expected: Exchange.Expected? = nil) -> [String]
    {
        var comparison = Comparison(exchange: 1)
        comparison.compare(ours, theirs, expected: expected)
        return comparison.differences.map(\.place)
    }

    private func json(_ text: String, status: Int = 200, _ headers: [(name: String, value: String)] = [])
        -> WireResponse
    {
        WireResponse(status: status, headers: [("Content-Type", "application/json")] + headers, body: Array(text.utf8))
    }

    private static func jwt(_ claims: String) -> String {
        let part: (String) -> String = { TextEncoding.base64url.encode(Array($0.utf8)) }
        return "\(part("{\"alg\":\"HS256\"}")).\(part(claims)).c2ln"
    }

    @Test("finds nothing between equal ones, whatever the spaces in their JSON")
    func equal() {
        #expect(places(json(#"{"a": [1, null]}"#), json(#"{"a":[1,null]}"#)) == [])
    }

    @Test("tells statuses, types, members, orders and values apart")
    func different() {
        #expect(places(json("{}"), json("{}", status: 201)) == ["status"])
        #expect(places(json(#"{"a":1}"#), json(#"{"a":"1"}"#)) == ["body.a"])
        #expect(places(json(#"{"a":null}"#), json("{}")) == ["body.a"])
        #expect(places(json("{}"), json(#"{"b":{"c":1}}"#)) == ["body.b"])
        #expect(places(json(#"{"a":1,"b":2}"#), json(#"{"b":2,"a":1}"#)) == ["body order"])
        #expect(places(json("[1]"), json("[1,2]")) == ["body count"])
        #expect(places(json(#"[{"m":"x"}]"#), json(#"[{"m":"y"}]"#)) == ["body[0].m"])
        #expect(places(WireResponse(status: 204), WireResponse(status: 204, body: Array("x".utf8))) == ["body"])
    }

    @Test(
        "lets values of one kind differ",
        arguments: [
            (#""8c6f1d8e-6a1c-4d7e-9c3e-0a1b2c3d4e5f""#, #""0c6f1d8e-6a1c-4d7e-9c3e-0a1b2c3d4e5f""#),
            (#""2026-11-21T05:30:00.000Z""#, #""2025-01-02T03:04:05.678Z""#),
            ("1770000000", "1760000000"), ("1770000000123", "1760000000456"),
            (#""507f1f77bcf86cd799439011""#, #""507f1f77bcf86cd799439012""#),
            (#""Zx81kd_9s0aQQp2m""#, #""aa81kd_9s0aQQp2mm1""#),
        ])
    func kinds(left: String, right: String) {
        #expect(places(json("{\"v\":\(left)}"), json("{\"v\":\(right)}")) == [])
    }

    @Test(
        "but not of two kinds, nor plain ones",
        arguments: [
            (#""8c6f1d8e-6a1c-4d7e-9c3e-0a1b2c3d4e5f""#, "17"),
            (#""2026-11-21T05:30:00.000Z""#, #""2026-11-21T05:30:00Z""#),
            ("1770000000", "1770000000123"), ("1", "2"), (#""Bad password""#, #""Bad credentials""#),
            (#""507f1f77bcf86cd799439011""#, #""507f1f77bcf86cd79943901101""#),
        ])
    func otherKinds(left: String, right: String) {
        #expect(places(json("{\"v\":\(left)}"), json("{\"v\":\(right)}")) == ["body.v"])
    }

    @Test("lets ids be other numbers, written the same way")
    func ids() {
        #expect(places(json(#"{"id":1,"user_id":2,"sub":"3"}"#), json(#"{"id":4,"user_id":5,"sub":"6"}"#)) == [])
        #expect(places(json(#"{"id":1}"#), json(#"{"id":"1"}"#)) == ["body.id"])
        #expect(places(json(#"{"n":1}"#), json(#"{"n":2}"#)) == ["body.n"])
    }

    @Test("takes the file's word that anything may stand somewhere")
    func matchers() {
        let expected = Exchange.Expected(status: 200, body: #"{"a": "{{any}}", "b": [{"c": "{{string}}"}], "d": "x"}"#)
        let ours = json(#"{"a":"one","b":[{"c":"p"}],"d":"x"}"#)
        #expect(places(ours, json(#"{"a":"two","b":[{"c":"q"}],"d":"y"}"#), expected) == ["body.d"])
        #expect(places(ours, json(#"{"a":2,"b":[{"c":"p"}],"d":"x"}"#), expected) == ["body.a"])
    }

    @Test("looks into JWTs")
    func tokens() {
        let ours = Self.jwt(#"{"sub":"8c6f1d8e-6a1c-4d7e-9c3e-0a1b2c3d4e5f","aud":["a"],"exp":1770000000,"jti":"1"}"#)
        let theirs = Self.jwt(#"{"sub":"9c6f1d8e-6a1c-4d7e-9c3e-0a1b2c3d4e5f","aud":["b"],"exp":1770000009}"#)
        #expect(
            places(json("{\"t\":\"\(ours)\"}"), json("{\"t\":\"\(theirs)\"}"))
                == ["body.t.claims.aud[0]", "body.t.claims.jti"])
    }

    @Test("reads the header fields that clients read, and those the file names")
    func headers() {
        let ours = json("{}", [("WWW-Authenticate", "Bearer"), ("Date", "x"), ("X-Own", "1")])
        let theirs = json("{}", [("Date", "y"), ("X-Own", "2")])
        #expect(places(ours, theirs) == ["header www-authenticate"])
        #expect(
            places(ours, theirs, .init(status: 200, headers: [.init("X-Own", "1")])) == [
                "header www-authenticate", "header x-own",
            ])
    }

    @Test("compares cookies by name and attributes, not by value")
    func cookies() {
        let ours = json("{}", [("Set-Cookie", "sid=aaaaaaaa; Path=/; HttpOnly"), ("Set-Cookie", "one=1")])
        let same = json("{}", [("Set-Cookie", "one=2"), ("Set-Cookie", "sid=bbbbbbbb; httponly; path=/; Expires=Thu")])
        let other = json("{}", [("Set-Cookie", "sid=bbbbbbbb; Path=/")])
        #expect(places(ours, same) == [])
        #expect(places(ours, other) == ["cookie one", "cookie sid attributes"])
    }

    @Test("never shows a token")
    func secrets() {
        var comparison = Comparison(exchange: 1)
        comparison.compare(json(#"{"t":"s3cretS3cretS3cretS3cret"}"#), json("{}"))
        #expect(comparison.differences.map(\.ours) == ["an opaque text of 24 characters"])
    }
}

@Suite("Tolerances")
struct ToleranceTests {
    @Test("are read with their reasons")
    func reading() throws {
        let all = try Tolerance.read(
            "# why\n\nregister--* | body.detail[*].msg |  Pydantic's words | and more \n", name: "t")
        #expect(
            all == [
                Tolerance(
                    files: "register--*", places: "body.detail[*].msg", reason: "Pydantic's words | and more", line: 3)
            ])
    }

    @Test("need a reason")
    func noReason() {
        #expect(throws: ExchangeMistake(file: "t", line: 1, message: "a line is `FILES | PLACES | REASON`")) {
            try Tolerance.read("a | b |", name: "t")
        }
    }

    @Test(
        "cover by patterns",
        arguments: [
            ("a", "a", true), ("a", "ab", false), ("*", "", true), ("a*", "ab", true), ("a*b", "ab", true),
            ("a*b", "a", false), ("*x*y*", "1x2y3", true), ("*x*y*", "1y2x3", false), ("aa*aa", "aaa", false),
        ])
    func patterns(pattern: String, text: String, isMatch: Bool) {
        #expect(Tolerance.matches(pattern[...], text[...]) == isMatch)
    }
}
