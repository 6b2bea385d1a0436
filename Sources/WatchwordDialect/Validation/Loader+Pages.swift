import WatchwordCore

extension Loader {
    /// `{name: ChatOps, agent: server, agents: servers}`.
    mutating func readPages(_ entry: Node.Entry) {
        guard let members = members(of: entry, Language.pages) else { return }
        var terms = PagesTerms()
        terms.name = members["name"].flatMap { title($0) }
        if let agent = members["agent"] {
            if let word = word(agent) { (terms.agent, terms.agents) = (word, word + "s") }
        } else if let agents = members["agents"] {
            report.error("`agents` needs `agent` beside it: what one of them is called", at: agents.position)
        }
        if let agents = members["agents"], let word = word(agents) { terms.agents = word }
        if PagesTerms.ownSegments.contains(terms.agents), let place = members["agents"] ?? members["agent"] {
            report.error(
                "pages have a `\(terms.agents)` of their own: agents need another word", at: place.value.position)
        }
        dialect.pages = terms
    }

    /// A name that stands in headings and titles: one line, none of it invisible.
    private mutating func title(_ entry: Node.Entry) -> String? {
        guard let text = text(entry) else { return nil }
        let isBlank = text.first?.isWhitespace ?? true || text.last?.isWhitespace ?? true
        let isPlain = text.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
            default: true
            }
        }
        guard !isBlank, isPlain, text.count <= 60 else {
            report.error(
                "`\(entry.key)` is 1 to 60 characters of one line, without spaces at its ends",
                at: entry.value.position)
            return nil
        }
        return text
    }

    /// A word that a path and a sentence can hold alike.
    private mutating func word(_ entry: Node.Entry) -> String? {
        guard let text = text(entry) else { return nil }
        let fits = text.utf8.allSatisfy { (0x61...0x7A).contains($0) || isDigitByte($0) || $0 == UInt8(ascii: "-") }
        guard fits, (1...32).contains(text.utf8.count), text.utf8.first.map({ (0x61...0x7A).contains($0) }) == true,
            !text.hasSuffix("-")
        else {
            report.error(
                "`\(entry.key)` is a word of 1 to 32 lower-case letters, digits and hyphens, as in `server`",
                at: entry.value.position)
            return nil
        }
        return text
    }
}

extension PagesTerms {
    /// As a dialect file writes it.
    var canonical: Value {
        .object(
            (name.map { [Value.Member("name", .string($0))] } ?? [])
                + [.init("agent", .string(agent)), .init("agents", .string(agents))])
    }
}
