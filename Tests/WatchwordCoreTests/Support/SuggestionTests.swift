import Testing
import WatchwordCore

@Suite("Suggestions")
struct SuggestionTests {
    @Test(
        "a near word is found",
        arguments: [
            ("mian", "main"), ("schem", "scheme"), ("eror", "error"), ("acess", "access"), ("usr", "user"),
            ("emial", "email"), ("chnage_password", "change_password"), ("invalid_credential", "invalid_credentials"),
            ("emailVerified", "email_verified"), ("Retry_After", "retry_after"),
        ])
    func near(text: String, meant: String) {
        let candidates = [
            "main", "scheme", "error", "access", "user", "email", "change_password", "invalid_credentials",
            "email_verified", "retry_after", "zebra",
        ]
        #expect(suggestion(for: text, among: candidates) == meant)
    }

    @Test("a far word, a single letter and a very long one get no suggestion")
    func far() {
        #expect(suggestion(for: "quux", among: ["email", "main"]) == nil)
        #expect(suggestion(for: "a", among: ["b"]) == nil)
        #expect(suggestion(for: String(repeating: "a", count: 65), among: [String(repeating: "a", count: 64)]) == nil)
        #expect(suggestion(for: "main", among: ["main"]) == nil)
    }

    @Test("the nearest of several is taken, the first of equals")
    func nearest() {
        #expect(suggestion(for: "tokn", among: ["taken", "token"]) == "token")
        #expect(suggestion(for: "ab", among: ["ac", "ad"]) == "ac")
    }

    @Test("a word that only one candidate begins with means that one")
    func beginning() {
        #expect(suggestion(for: "data", among: ["data_directory", "database", "log"]) == "data_directory")
        #expect(suggestion(for: "smtp", among: ["smtp_host", "smtp_port"]) == nil)
        #expect(suggestion(for: "data", among: ["dataset"]) == nil)
    }
}
