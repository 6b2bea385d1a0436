import WatchwordCore

/// What was seen in a recording, and what stands for it in the file: secrets never get there, and a value that one
/// answer gave is named where a later request uses it.
struct Names: Sendable {
    /// Texts of answers, by the names under which the file captures them; the longest first when put in.
    private var captured: [(text: String, name: String)] = []
    /// What people chose, by what stands in its place.
    private var chosen: [String: String] = [:]
    private var counts: [String: Int] = [:]

    private static let passwords = ["violet-harbour-77", "copper-lantern-88", "silver-meadow-99"]

    /// The name under which this value of an answer is kept; `isNew` where it was not seen before.
    mutating func capture(_ text: String, as noun: String) -> (name: String, isNew: Bool) {
        if let known = captured.first(where: { $0.text == text }) { return (known.name, false) }
        let name = next(noun)
        captured.append((text, name))
        captured.sort { $0.text.count > $1.text.count }
        return (name, true)
    }

    /// What stands for an address or username: derived from `{{unique}}`, so that each run has people of its own.
    mutating func person(_ text: String) -> String {
        let key = text.lowercased()
        if let known = chosen[key] { return known }
        let isAddress = text.contains("@")
        let count = (counts["person-\(isAddress)"] ?? 0) + 1
        counts["person-\(isAddress)"] = count
        let name = (count == 1 ? "" : "p\(count)") + "{{unique}}" + (isAddress ? "@example.com" : "")
        chosen[key] = name
        return name
    }

    /// What stands for a password: the same for the same one.
    mutating func password(_ text: String) -> String {
        if let known = chosen["password " + text] { return known }
        let count = counts["password"] ?? 0
        counts["password"] = count + 1
        let sample = count < Self.passwords.count ? Self.passwords[count] : "winter-orchard-\(100 + count)"
        // Whether it is too short is what the server was asked.
        let stand = text.count < 8 ? String(sample.prefix(text.count)) : sample
        chosen["password " + text] = stand
        return stand
    }

    /// The text with captured values and people's names replaced.
    func replaced(_ text: String) -> String {
        var text = text
        for (value, name) in captured where value.count >= 6 { text = text.replacing(value, with: "{{\(name)}}") }
        for (value, name) in chosen where value.count >= 6 && !value.hasPrefix("password ") {
            text = text.replacing(value, with: name)
        }
        return text
    }

    /// What stands for the whole text, if it is a captured value.
    func whole(_ text: String) -> String? { captured.first { $0.text == text }.map { "{{\($0.name)}}" } }
    func known(person text: String) -> String? { chosen[text.lowercased()] }

    private mutating func next(_ noun: String) -> String {
        let count = (counts[noun] ?? 0) + 1
        counts[noun] = count
        return count == 1 ? noun : "\(noun)\(count)"
    }
}
