import Testing
import WatchwordCore

@Suite("Where mailed links lead")
struct LinkPathTests {
    private func path(_ link: [LinkPiece]) -> String? {
        OneTimeTokenTerms(lifetime: .hours(1), link: link).linkPath
    }

    @Test(
        "A page can stand at a path of the public URL with the token in the query or behind a #",
        arguments: [
            ("/verify-email?token=", "/verify-email"), ("/auth/reset/?t=", "/auth/reset/"), ("/#/verify/", "/"),
            ("/_/#/confirm/", "/_/"), ("/a#b?token=", "/a"), ("/a?b#token=", "/a"), ("/?token=", "/"),
        ])
    func pages(_ text: String, _ expected: String) {
        #expect(path([.publicURL, .text(text), .token]) == expected)
        #expect(path([.publicURL, .text(text), .accountID, .text("&t="), .token]) == expected)
    }

    @Test("The token in the path leaves no place for a page")
    func inPath() {
        #expect(path([.publicURL, .text("/verify/"), .token]) == nil)
        #expect(path([.publicURL, .token]) == nil)
    }

    @Test("A link elsewhere is no page of ours")
    func elsewhere() {
        #expect(path([.text("https://app.example/verify?token="), .token]) == nil)
        #expect(path([.text("/verify?token="), .publicURL, .token]) == nil)
        #expect(path([.publicURL, .text(".evil.example/verify?token="), .token]) == nil)
        #expect(path([.publicURL, .text("?token="), .token]) == nil)
        #expect(path([.token]) == nil)
        #expect(path([.publicURL]) == nil)
        #expect(path([]) == nil)
    }
}
