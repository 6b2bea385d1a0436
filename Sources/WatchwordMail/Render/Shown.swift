import WatchwordCore

/// Values as mails may show them.
enum Shown {
    /// The longest that something chosen by a stranger may be.
    private static let longest = 200

    /// On one line, and such that every character that HTML escapes is one that mustache sees: it looks at whole
    /// characters, and a quote with an accent upon it is another character than a quote.
    static func text(_ text: String) -> String {
        var shown = ""
        for character in HeaderText.clean(text) {
            if character.unicodeScalars.count > 1, let first = character.unicodeScalars.first,
                "<>&\"'".unicodeScalars.contains(first)
            {
                shown.unicodeScalars.append(first)
                shown.unicodeScalars.append("\u{200B}")
                shown.unicodeScalars.append(contentsOf: character.unicodeScalars.dropFirst())
            } else {
                shown.append(character)
            }
        }
        return shown
    }

    /// What the mail tells. Names and devices are chosen by whoever signs in or up: mail programs make links of all that
    /// looks like one, and must find none in them.
    static func fact(_ fact: MailContent.Fact, _ value: String) -> String {
        switch fact {
        case .at: return text(value.replacing("T", with: " ").replacing("Z", with: " UTC"))
        case .account, .email, .address, .keyHint: return text(value)
        case .name, .device, .key, .agent: break
        }
        let line = text(value)
        let short = line.count > longest ? line.prefix(longest) + "…" : line[...]
        var shown = ""
        for (character, next) in zip(short, Array(short.dropFirst()) + [" "]) {
            shown.append(character)
            if ".:/@".contains(character), next != " " { shown.append("\u{200B}") }
        }
        return shown
    }
}
