import Testing

@testable import WatchwordWeb

@Suite("names of languages")
struct LanguageTagTests {
    @Test(
        "are those of RFC 5646",
        arguments: [
            "de", "DE", "gsw", "pt-BR", "zh-Hant", "zh-Hant-TW", "es-419", "de-CH-1996", "sl-rozaj", "sr-Latn-RS",
        ])
    func named(text: String) { #expect(LanguageTag(text)?.text == text) }

    @Test(
        "are nothing else",
        arguments: [
            "", "d", "Deutsch", "pt_BR", "de-", "-de", "de--AT", "de-AT-", "de-A", "de-Latn-Latn", "de-123-AT", "dé",
            "de\" onload=\"x", "x-de", "de-toolongvariant", "1de", "de-AT-ab",
        ])
    func unnamed(text: String) { #expect(LanguageTag(text) == nil) }

    @Test(
        "are written from right to left where people do",
        arguments: [
            ("ar", true), ("AR-eg", true), ("he", true), ("iw-IL", true), ("fa", true), ("ur-PK", true), ("yi", true),
            ("ckb", true), ("dv", true), ("az-Arab", true), ("pa-Arab-PK", true), ("ff-Adlm", true), ("ar-Latn", false),
            ("he-Latn-IL", false), ("de", false), ("en", false), ("tr", false), ("ku", false), ("ur-Deva", false),
            ("arn", false), ("de-1996", false),
        ])
    func direction(text: String, isRightToLeft: Bool) throws {
        #expect(try #require(LanguageTag(text)).isRightToLeft == isRightToLeft)
    }
}
