import Testing
import WatchwordCore
import WatchwordDialect

@testable import WatchwordExchange

@Suite("Recording")
struct RecordingTests {
    private static let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"

    private func request(
        _ method: String, _ path: String, _ body: String = "", type: String = "application/json",
        _ headers: [(name: String, value: String)] = []
    ) -> WireRequest {
        let typed = body.isEmpty ? [] : [(name: "content-type", value: type)]
        return WireRequest(method: method, path: path, headers: typed + headers, body: Array(body.utf8))
    }

    private func answer(_ status: Int, _ body: String, _ headers: [(name: String, value: String)] = []) -> WireResponse
    {
        WireResponse(
            status: status, headers: [("Content-Type", "application/json"), ("Date", "now")] + headers,
            body: Array(body.utf8))
    }

    /// A sign-up, a sign-in and a look at oneself.
    private var recording: Recording {
        var recording = Recording(comments: ["Recorded."])
        recording.add(
            request("POST", "/register", #"{"email":"Ada@corp.example","password":"Tr0ub4dor&3xx","age":5}"#),
            answer(201, #"{"id":"8c6f1d8e-6a1c-4d7e-9c3e-0a1b2c3d4e5f","email":"ada@corp.example","n":7}"#))
        recording.add(
            request(
                "POST", "/login", "username=ada%40corp.example&password=Tr0ub4dor%263xx",
                type: "application/x-www-form-urlencoded"),
            answer(200, "{\"access_token\":\"\(Self.token)\"}", [("Set-Cookie", "sid=abcdef123456; Path=/")]))
        recording.add(
            request(
                "GET", "/users/8c6f1d8e-6a1c-4d7e-9c3e-0a1b2c3d4e5f", "",
                [("authorization", "Bearer \(Self.token)"), ("cookie", "sid=abcdef123456"), ("user-agent", "curl")]),
            answer(200, #"{"at":"2026-11-21T05:30:00Z"}"#))
        return recording
    }

    @Test("holds nothing that was secret or anybody's")
    func masked() {
        let text = recording.file.description
        for secret in [Self.token, "Tr0ub4dor", "abcdef123456", "corp.example", "8c6f1d8e", "curl"] {
            #expect(!text.contains(secret), "\(secret)")
        }
    }

    @Test("names what one answer gave and a later request used")
    func captured() throws {
        let exchanges = recording.file.exchanges
        #expect(exchanges[0].expected?.body?.contains("{{uuid > id}}") == true)
        #expect(exchanges[1].expected?.body?.contains("{{jwt > token}}") == true)
        #expect(exchanges[2].target == "/users/{{id}}")
        #expect(
            exchanges[2].headers == [.init("Authorization", "Bearer {{token}}"), .init("Cookie", "sid={{cookie}}")])
        #expect(exchanges[1].body == "username={{unique}}@example.com&password=violet-harbour-77")
        #expect(exchanges[2].expected?.body?.contains("{{time}}") == true)
    }

    @Test("keeps what is neither, and reads as an exchange file again")
    func kept() throws {
        let file = recording.file
        #expect(file.exchanges[0].body?.contains("\"age\": 5") == true)
        #expect(file.exchanges[0].expected?.body?.contains("\"n\": 7") == true)
        #expect(try ExchangeFile(file.description, name: "f") == file)
    }

    @Test("masks a credential that no answer gave")
    func foreignCredential() {
        var recording = Recording(comments: [])
        recording.add(request("GET", "/me", "", [("authorization", "Bearer older-secret-123")]), answer(401, "{}"))
        recording.add(request("GET", "/me", "", [("x-api-key", "older-secret-123")]), answer(401, "{}"))
        recording.add(
            request("POST", "/auth/verify", #"{"token":"older-secret-123"}"#), answer(400, #"{"detail":"BAD"}"#))
        #expect(!recording.file.description.contains("older-secret"))
        #expect(recording.file.exchanges[0].headers == [.init("Authorization", "Bearer masked")])
        #expect(recording.file.exchanges[2].body?.contains("{{mail.verify}}") == true)
    }

    @Test("keeps a short password short, and the same one the same")
    func passwords() {
        var names = Names()
        #expect(names.password("abc").count == 3)
        #expect(names.password("correct-horse") == names.password("correct-horse"))
        #expect(names.password("correct-horse") != names.password("other-horse-1"))
    }
}
