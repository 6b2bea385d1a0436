import WatchwordCore

extension Loader {
    /// `{attempts: 10/5m, address: {count: 600, per: 1m}}`.
    mutating func readLimits(_ entry: Node.Entry) {
        guard let members = members(of: entry, Language.limits) else { return }
        var terms = LimitTerms()
        terms.attempts = members["attempts"].flatMap { rate($0) }
        terms.address = members["address"].flatMap { rate($0) }
        terms.mailbox = members["mailbox"].flatMap { rate($0) }
        terms.apiKey = members["api_key"].flatMap { rate($0) }
        if let attempts = terms.attempts, let place = members["attempts"]?.value.position,
            attempts.count > 20 || attempts.span.seconds / attempts.count < 5
        {
            report.note("so many attempts at a password let somebody guess a weak one", at: place)
        }
        dialect.terms.limits = terms
    }

    /// `10/5m`, `10/m`, or `{count: 10, per: 5m}`.
    private mutating func rate(_ entry: Node.Entry) -> LimitTerms.Rate? {
        guard let text = entry.value.string else {
            guard let members = members(of: entry, Language.span),
                let count = required("count", of: members, entry).flatMap({ integer($0, 1...1_000_000) }),
                let span = required("per", of: members, entry).flatMap({ lifetime($0) })
            else { return nil }
            return LimitTerms.Rate(count, in: span)
        }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.allSatisfy(isDigitByte), let count = Int64(parts[0]),
            (1...1_000_000).contains(count),
            let span = Self.lifetime(String(parts[1])) ?? Self.lifetime("1\(parts[1])"), span.seconds > 0
        else {
            report.error("`\(text)` is no rate: `10/5m` is 10 in 5 minutes", at: entry.value.position)
            return nil
        }
        return LimitTerms.Rate(count, in: span)
    }
}

extension LimitTerms {
    /// As a dialect file writes it; nothing where it says nothing.
    var canonical: Value? {
        let rates = [("attempts", attempts), ("address", address), ("mailbox", mailbox), ("api_key", apiKey)]
        let members = rates.compactMap { name, rate in
            rate.map {
                Value.Member(name, .object([.init("count", .int($0.count)), .init("per", $0.span.canonical)]))
            }
        }
        return members.isEmpty ? nil : .object(members)
    }
}
