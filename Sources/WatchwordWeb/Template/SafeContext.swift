/// A context in which every text can be escaped.
///
/// swift-mustache escapes characters, and a mark behind a `"` makes another character of it, which it leaves alone: a
/// name of `"` and U+0301 would end an attribute. So such a mark is kept apart by a space of no width (U+200B).
enum SafeContext {
    static func of(_ context: [String: Any]) -> [String: Any] { context.mapValues(value) }

    private static func value(_ value: Any) -> Any {
        switch value {
        case let text as String: text.isASCII ? text : separated(text)
        case let object as [String: Any]: of(object)
        case let list as [Any]: list.map(Self.value)
        default: value
        }
    }

    static func separated(_ text: String) -> String {
        var safe = String.UnicodeScalarView()
        for character in text {
            guard let first = character.unicodeScalars.first, character.unicodeScalars.count > 1,
                "<>&\"'".unicodeScalars.contains(where: character.unicodeScalars.contains)
            else {
                safe.append(contentsOf: character.unicodeScalars)
                continue
            }
            safe.append(first)
            for scalar in character.unicodeScalars.dropFirst() {
                safe.append("\u{200B}")
                safe.append(scalar)
            }
        }
        return String(safe)
    }
}

extension String {
    fileprivate var isASCII: Bool { utf8.allSatisfy { $0 < 0x80 } }
}
