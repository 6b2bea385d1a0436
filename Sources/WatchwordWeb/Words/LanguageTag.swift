/// The name of a language as browsers and screen readers know it (RFC 5646): `de`, `pt-BR`, `zh-Hant`.
struct LanguageTag: Hashable, Sendable {
    let text: String

    /// Refuses what is not a language with, in this order, perhaps a script, a region and variants.
    init?(_ text: String) {
        var parts = text.split(separator: "-", omittingEmptySubsequences: false)[...]
        func letters(_ part: Substring) -> Bool { part.utf8.allSatisfy { Self.isLetter($0) } }
        func alphanumeric(_ part: Substring) -> Bool { part.utf8.allSatisfy { Self.isLetter($0) || Self.isDigit($0) } }
        guard let language = parts.popFirst(), (2...3).contains(language.utf8.count), letters(language) else {
            return nil
        }
        if let script = parts.first, script.utf8.count == 4, letters(script) { parts.removeFirst() }
        if let region = parts.first,
            region.utf8.count == 2 && letters(region) || region.utf8.count == 3 && region.utf8.allSatisfy(Self.isDigit)
        {
            parts.removeFirst()
        }
        for variant in parts {
            guard (4...8).contains(variant.utf8.count), alphanumeric(variant),
                variant.utf8.count > 4 || variant.utf8.first.map(Self.isDigit) == true
            else { return nil }
        }
        self.text = text
    }

    /// Whether it is written from right to left: by its script where that is named, else as it usually is.
    var isRightToLeft: Bool {
        let parts = text.lowercased().split(separator: "-")
        if let script = parts.dropFirst().first(where: { $0.utf8.count == 4 && $0.utf8.allSatisfy(Self.isLetter) }) {
            return Self.scripts.contains(String(script))
        }
        return parts.first.map { Self.languages.contains(String($0)) } ?? false
    }

    private static let scripts: Set = ["adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"]

    private static let languages: Set = [
        "ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "nqo", "prs", "ps", "sd", "syr", "ug", "ur", "yi",
    ]

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
