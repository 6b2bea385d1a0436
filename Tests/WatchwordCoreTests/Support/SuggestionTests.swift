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
        #expect(suggestion(for: "", among: ["a", ""]) == nil)
        #expect(suggestion(for: "ab", among: []) == nil)
    }

    @Test("the nearest of several is taken, the first of equals")
    func nearest() {
        #expect(suggestion(for: "tokn", among: ["taken", "token"]) == "token")
        #expect(suggestion(for: "ab", among: ["ac", "ad"]) == "ac")
        #expect(suggestion(for: "user_name", among: ["user_names", "username"]) == "username")
    }

    @Test(
        "how many edits a word may be away grows with its length: one under 4 letters, two under 8, then three",
        arguments: [
            (2, 1), (3, 1), (4, 2), (7, 2), (8, 3), (40, 3), (64, 3),
        ])
    func allowed(_ length: Int, _ edits: Int) {
        let candidate = String(repeating: "a", count: length)
        let changed = { (count: Int) in String(repeating: "b", count: count) + candidate.dropFirst(count) }
        #expect(suggestion(for: changed(edits), among: [candidate]) == candidate)
        #expect(suggestion(for: changed(edits + 1), among: [candidate]) == nil)
        #expect(suggestion(for: candidate + "b", among: [candidate]) == (length < 64 ? candidate : nil))
    }

    @Test("a word of 64 letters gets one, also from words as long, and longer words are never suggested")
    func long() {
        let word = String(repeating: "x", count: 64)
        #expect(suggestion(for: "y" + word.dropFirst(), among: [word]) == word)
        #expect(suggestion(for: word, among: [word + "x"]) == nil)
    }

    @Test(
        "a difference in case, hyphens and underscores is none, however many there are",
        arguments: [
            ("access-token-lifetime-seconds", "accessTokenLifetimeSeconds"), ("A_B_C_D_E_F", "abcdef"),
            ("__proto__", "proto"),
        ])
    func spelling(text: String, meant: String) {
        #expect(suggestion(for: text, among: ["zz", meant]) == meant)
        #expect(suggestion(for: meant, among: [text]) == text)
    }

    @Test(
        "a word of which nothing would stay is none", arguments: [("ab", "c"), ("ab", ""), ("a-", "b")])
    func nothingCommon(text: String, candidate: String) {
        #expect(suggestion(for: text, among: [candidate]) == nil)
    }

    @Test("whether a word is near is what counting its edits says", arguments: 0..<40 as Range<UInt64>)
    func counted(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let letters = { (range: ClosedRange<Int>) -> [Character] in
                (0..<Int.random(in: range, using: &generator)).map { _ in Array("abc")[Int(generator.next() % 3)] }
            }
            let text = letters(2...9)
            let candidate = letters(1...9)
            guard text != candidate else { continue }
            let edits = Edits(text, candidate).count
            let isNear = edits <= (text.count < 4 ? 1 : text.count < 8 ? 2 : 3) && edits < candidate.count
            #expect(
                suggestion(for: String(text), among: [String(candidate)]) == (isNear ? String(candidate) : nil),
                "seed \(seed): \(String(text)), \(String(candidate)), \(edits) edits")
        }
    }

    @Test("a word that only one candidate begins with means that one")
    func beginning() {
        #expect(suggestion(for: "data", among: ["data_directory", "database", "log"]) == "data_directory")
        #expect(suggestion(for: "smtp", among: ["smtp_host", "smtp_port"]) == nil)
        #expect(suggestion(for: "data", among: ["dataset"]) == nil)
        #expect(suggestion(for: "data", among: ["data-directory", "log"]) == "data-directory")
        #expect(suggestion(for: "data", among: ["date", "data_directory"]) == "date", "a near word goes before")
        #expect(suggestion(for: "directory", among: ["data_directory"]) == nil)
    }
}
