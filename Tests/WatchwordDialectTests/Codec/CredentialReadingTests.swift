import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Credentials in a request")
struct CredentialReadingTests {
    private static let bearer = Carrier(.header("authorization", scheme: "Bearer"), takes: .access)
    private static let key = Carrier(.header("x-api-key", scheme: nil), takes: .apiKey)

    private func read(
        _ carriers: [Carrier]?, _ headers: [(String, String)], query: String? = nil
    ) -> CarriedCredentials {
        let dialect = Sample.dialect([Sample.route("GET /x") { $0.carriers = carriers }])
        let request = WireRequest(
            method: "GET", path: "/x", query: query, headers: headers.map { (name: $0.0, value: $0.1) })
        return dialect.routes[0].credentials(in: request)
    }

    private func access(_ text: String) -> PresentedCredential { .init(kind: .access, text: Secret(text)) }
    private func apiKey(_ text: String) -> PresentedCredential { .init(kind: .apiKey, text: Secret(text)) }

    @Test(
        "A token behind its scheme, whatever its case",
        arguments: [
            "Bearer abc.def", "bearer abc.def", "BEARER abc.def", "Bearer   abc.def",
        ])
    func scheme(value: String) {
        #expect(read([Self.bearer], [("authorization", value)]) == .presented([access("abc.def")]))
    }

    @Test("Nothing where nothing is, and where the route asks for nothing")
    func absent() {
        #expect(read([Self.bearer, Self.key], []) == .none)
        #expect(read([Self.bearer], [("authorization", "")]) == .none, "an empty field counts as absent")
        #expect(read([Self.bearer], [("x-api-key", "k")]) == .none)
        #expect(read(nil, [("authorization", "Bearer abc")]) == .none)
        #expect(read([Self.key], [("authorization", "Basic abc")]) == .none, "no carrier looks there")
    }

    @Test(
        "A field that is there and no credential is malformed",
        arguments: [
            "Bearer", "Bearer ", "Bearer a b", "Basic dXNlcjpwYXNz", "Bearerabc", "abc.def", "Token abc", "Beare abc",
            "Bearer, abc def",
        ])
    func malformed(value: String) {
        #expect(read([Self.bearer], [("authorization", value)]) == .malformed)
    }

    @Test("A field of another scheme fails the request even beside a good key")
    func otherSchemeBesideKey() {
        #expect(
            read([Self.key, Self.bearer], [("x-api-key", "k"), ("authorization", "Basic dXNlcjpwYXNz")]) == .malformed)
    }

    @Test("All carriers are read, in the order of the route")
    func order() {
        let headers = [("x-api-key", "k"), ("authorization", "Bearer t")]
        #expect(read([Self.bearer, Self.key], headers) == .presented([access("t"), apiKey("k")]))
        #expect(read([Self.key, Self.bearer], headers) == .presented([apiKey("k"), access("t")]))
    }

    @Test("A repeated field is malformed")
    func repeated() {
        #expect(read([Self.bearer], [("authorization", "Bearer a"), ("authorization", "Bearer a")]) == .malformed)
        #expect(read([Self.key], [("x-api-key", "a"), ("x-api-key", "b")]) == .malformed)
    }

    @Test("A field is read up to 8 KiB")
    func size() {
        let fits = String(repeating: "a", count: 8_192)
        #expect(read([Self.key], [("x-api-key", fits)]) == .presented([apiKey(fits)]))
        #expect(read([Self.key], [("x-api-key", fits + "a")]) == .malformed)
        #expect(read([Self.bearer], [("authorization", "Bearer " + fits)]) == .malformed)
    }

    @Test("Two schemes may share a field; the first that takes it reads it")
    func sharedField() {
        let token = Carrier(.header("authorization", scheme: "Token"), takes: .apiKey)
        let raw = Carrier(.header("authorization", scheme: nil), takes: .access)
        #expect(read([Self.bearer, token], [("authorization", "Token k")]) == .presented([apiKey("k")]))
        #expect(read([Self.bearer, token], [("authorization", "Bearer t")]) == .presented([access("t")]))
        #expect(read([Self.bearer, token], [("authorization", "Digest k")]) == .malformed)
        #expect(read([token, raw], [("authorization", "t")]) == .presented([access("t")]))
    }

    @Test("A query and a cookie carry too")
    func otherPlaces() {
        let query = Carrier(.query("token"), takes: .access)
        #expect(read([query], [], query: "a=1&token=t%2Bx") == .presented([access("t+x")]))
        #expect(read([query], [], query: "a=1") == .none)
        #expect(read([query], [], query: "token=") == .none)
        #expect(read([query], []) == .none)
        #expect(read([query], [], query: "token=a&token=b") == .malformed)
        #expect(read([query], [], query: "token=%FF") == .malformed)
        let many = (0..<101).map { "f\($0)=1" }.joined(separator: "&")
        #expect(read([query], [], query: many) == .malformed)
        let cookie = Carrier(.cookie("sid"), takes: .access)
        #expect(read([cookie], [("cookie", "a=b; sid=t; sidx=no")]) == .presented([access("t")]))
        #expect(read([cookie], [("cookie", "a=b")]) == .none)
        #expect(read([cookie], [("x-cookie", "sid=t"), ("set-cookie", "sid=t")]) == .none, "of another field")
        let longest = String(repeating: "a", count: 8_192)
        #expect(read([cookie], [("cookie", "sid=" + longest)]) == .presented([access(longest)]))
        #expect(read([query], [], query: "token=" + longest) == .presented([access(longest)]))
        #expect(read([query], [], query: "token=a" + longest) == .malformed)
        #expect(read([cookie], [("cookie", "sid=a; sid=b")]) == .malformed)
        #expect(read([cookie], [("cookie", "sid=a"), ("cookie", "sid=b")]) == .malformed)
        #expect(read([cookie], [("cookie", "sid=" + String(repeating: "a", count: 8_193))]) == .malformed)
    }
}
