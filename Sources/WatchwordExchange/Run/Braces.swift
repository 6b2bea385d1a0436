/// The words in double braces of a text, and what is between them.
enum Braces {
    /// The text with each `{{words}}` replaced by what `put` gives; where it gives nothing, they stay.
    static func filled(_ text: String, _ put: (String) throws -> String?) rethrows -> String {
        var result = ""
        var rest = text[...]
        while let open = rest.firstRange(of: "{{"), let close = rest[open.upperBound...].firstRange(of: "}}") {
            let words = rest[open.upperBound..<close.lowerBound]
            guard !words.contains(where: { "{}\n".contains($0) }) else {
                result += rest[..<open.upperBound]
                rest = rest[open.upperBound...]
                continue
            }
            result += rest[..<open.lowerBound]
            result += try put(String(words)) ?? "{{\(words)}}"
            rest = rest[close.upperBound...]
        }
        return result + rest
    }

    /// The words of a text that is nothing but one pair of braces.
    static func only(_ text: String) -> String? {
        guard text.hasPrefix("{{"), text.hasSuffix("}}"), text.count > 4 else { return nil }
        let words = text.dropFirst(2).dropLast(2)
        return words.contains { "{}\n".contains($0) } ? nil : String(words)
    }
}
