import WatchwordCore

extension Loader {
    /// `user: [{header: Authorization, scheme: Bearer, takes: access}]`.
    mutating func readCredentials(_ entry: Node.Entry) {
        for list in members(of: entry, unknown: "credential", nil)?.entries ?? [] {
            var carriers: [Carrier] = []
            for item in items(list.value) {
                guard let carrier = carrier(item) else { continue }
                if carriers.contains(carrier) {
                    report.error("this carrier is there twice", at: item.position)
                } else {
                    carriers.append(carrier)
                }
            }
            if list.value.items?.isEmpty == true {
                report.error("`\(list.key)` needs at least one carrier", at: list.value.position)
            }
            carrierLists[list.key] = carriers
            dialect.credentials.append(CarrierList(name: list.key, carriers: carriers))
        }
    }

    /// `{header: Authorization, scheme: Bearer, takes: access}`.
    mutating func carrier(_ node: Node) -> Carrier? {
        guard let members = members(of: node, "a carrier", Language.carrier) else { return nil }
        let known = ["header", "query", "cookie", "basic", "body"]
        let places = known.compactMap { members[$0] }
        guard places.count == 1, let place = places.first else {
            // A misspelt member was reported by itself.
            if members.entries.count == node.entries?.count {
                let names = known.map { "`\($0)`" }.joined(separator: ", ")
                report.error("a carrier is in one of \(names)", at: node.position)
            }
            return nil
        }
        let schemes = ["scheme", "scheme_optional"].compactMap { members[$0] }
        if schemes.count == 2 {
            report.error("a carrier has `scheme` or `scheme_optional`, not both", at: schemes[1].position)
        }
        if let entry = schemes.first, place.key != "header" {
            report.error("`\(entry.key)` is of a header only", at: entry.position)
        }
        let scheme = schemes.first.flatMap { self.scheme($0) }
        let found = carrierPlace(place, scheme: scheme)
        guard let takes = members["takes"] else {
            report.error("a carrier needs `takes: access` or `takes: api_key`", at: node.position)
            return nil
        }
        guard let kind: PresentedCredential.Kind = choice(takes), let found else { return nil }
        checkIssued(kind, at: takes.value.position)
        switch found {
        case .query: noteQuery(at: node.position)
        case .cookie:
            report.note(
                "browsers send a cookie by themselves: see that no other site can make them call", at: node.position)
        default: break
        }
        var carrier = Carrier(found, takes: kind)
        carrier.schemeIsOptional = schemes.first?.key == "scheme_optional" && scheme != nil
        carrier.companion = members["with"].flatMap { companion($0) }
        return kind == .password ? passwordCarrier(carrier, members, at: node.position) : carrier
    }

    /// A password travels beside the name that it belongs to: as HTTP's own Basic pair.
    private mutating func passwordCarrier(
        _ carrier: Carrier, _ members: Members, at position: SourcePosition
    ) -> Carrier? {
        guard case .basic = carrier.place, members["basic"]?.value.string != BasicPart.username.rawValue else {
            report.error("`takes: password` is of `basic: password`, beside its name", at: position)
            return nil
        }
        report.note(
            "a password with each request: nobody can sign out, and a leak is the account's end", at: position)
        var carrier = carrier
        carrier.place = .basic(.password)
        carrier.companion = carrier.companion ?? Carrier.Companion(.basic(.username))
        return carrier
    }

    private mutating func carrierPlace(_ entry: Node.Entry, scheme: String?) -> Carrier.Place? {
        if entry.key == "basic", entry.value.scalar == .bool(true) { return .basic(.username) }
        if entry.key == "basic" {
            let part: BasicPart? = choice(entry)
            return part.map { .basic($0) }
        }
        guard let name = text(entry) else { return nil }
        if entry.key == "body" { return bodyPath(name, at: entry.value.position).map { .body($0) } }
        guard isToken(name) else {
            report.error("`\(name)` cannot be the name of a \(entry.key)", at: entry.value.position)
            return nil
        }
        switch entry.key {
        case "query": return .query(name)
        case "cookie": return .cookie(name)
        default: return .header(name.lowercased(), scheme: scheme)
        }
    }

    private enum Subject: String, CaseIterable {
        case id, email, username
        case userID = "user_id"
    }

    /// `with: X-User-Id`, or `{basic: username, is: email}`.
    private mutating func companion(_ entry: Node.Entry) -> Carrier.Companion? {
        if entry.value.string != nil {
            return carrierPlace(Node.Entry(key: "header", position: entry.position, value: entry.value), scheme: nil)
                .map { .init($0) }
        }
        guard let members = members(of: entry, Language.companion) else { return nil }
        let places = members.entries.filter { $0.key != "is" }
        guard places.count == 1, let place = places.first else {
            if members.entries.count == entry.value.entries?.count {
                report.error("`with` names one second field", at: entry.value.position)
            }
            return nil
        }
        return carrierPlace(place, scheme: nil).map { .init($0, names: members["is"].map { subject($0) }) }
    }

    /// What names an account: its id if nothing is written.
    mutating func subject(_ entry: Node.Entry?) -> AcceptedToken.Subject {
        let subject: Subject? = entry.flatMap { choice($0) }
        return switch subject {
        case .email: .email
        case .username: .username
        case .id, .userID, nil: .id
        }
    }

    /// Reports a carrier of what the dialect never issues.
    mutating func checkIssued(_ kind: PresentedCredential.Kind, at place: SourcePosition) {
        switch kind {
        case .access where sections["tokens"]?.value["access"] == nil:
            report.error("the dialect has no access token: `tokens: {access: ...}`", at: place)
        case .apiKey where sections["api_keys"] == nil:
            report.error("the dialect has no API keys: `api_keys:`", at: place)
        case .refresh where sections["tokens"]?.value["refresh"] == nil:
            report.error("the dialect has no refresh token: `tokens: {refresh: ...}`", at: place)
        default: break
        }
    }

    mutating func noteQuery(at place: SourcePosition) {
        report.note(
            "token in a query string: kept out of this server's logs, but proxies in front may log it", at: place)
    }

    /// `min: {code: too_short, message: "at least ${it.min}"}`.
    mutating func readMessages(_ entry: Node.Entry) {
        let known = InputRule.allCases.map(\.rawValue)
        for item in members(of: entry, unknown: "rule", known)?.entries ?? [] {
            guard let rule = InputRule(rawValue: item.key), let members = members(of: item, Language.message),
                let words = required("message", of: members, item)
            else { continue }
            let code = members["code"].flatMap { textOrInteger($0, 0...1_000_000_000) } ?? rule.rawValue
            treeBudget = Self.largestTree
            guard text(words) != nil, let tree = tree(words.value, ReplyScope(item: .problem)) else { continue }
            dialect.messages[rule] = Message(code: code, text: tree)
        }
    }

    mutating func readTimes(_ entry: Node.Entry) {
        guard let name = text(entry) else { return }
        let known = Filter.allCases.filter(\.writesTimes)
        guard let filter = Filter(rawValue: name), filter.writesTimes else {
            report.error(
                message(
                    "`times` is none of \(known.map { "`\($0.rawValue)`" }.joined(separator: ", ")): `\(name)`",
                    meaning: name, among: known.map(\.rawValue)), at: entry.value.position)
            return
        }
        timeFilter = filter
    }

    mutating func readContentType(_ entry: Node.Entry) {
        guard let type = text(entry) else { return }
        let essence = type.prefix { $0 != ";" }.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard essence.count == 2, essence.allSatisfy({ isToken($0.hasSuffix(" ") ? String($0.dropLast()) : $0) }),
            type.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
        else {
            report.error(
                "`content_type` is a media type, as in `application/json; charset=utf-8`", at: entry.value.position)
            return
        }
        if MediaType(field: type) != .json {
            report.note("JSON answers do not say that they are JSON: `\(type)`", at: entry.value.position)
        }
        dialect.contentType = type
    }
}
