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

    private mutating func carrier(_ node: Node) -> Carrier? {
        guard
            let members = members(
                of: node, "a carrier", unknown: "carrier key", ["header", "scheme", "query", "cookie", "takes"],
                later: ["basic", "with", "scheme_optional"])
        else { return nil }
        let places = ["header", "query", "cookie"].compactMap { members[$0] }
        guard places.count == 1, let place = places.first else {
            // A misspelt member was reported by itself.
            if members.entries.count == node.entries?.count {
                report.error("a carrier is in one of `header`, `query`, `cookie`", at: node.position)
            }
            return nil
        }
        let name = text(place)
        let scheme = members["scheme"].flatMap { text($0) }
        for (text, entry) in [(name, place), (scheme, members["scheme"] ?? place)] {
            if let text, !isToken(text) {
                report.error("`\(text)` cannot be the name of a \(entry.key)", at: entry.value.position)
                return nil
            }
        }
        if let scheme = members["scheme"], place.key != "header" {
            report.error("`scheme` is of a header only", at: scheme.position)
        }
        guard let takes = members["takes"] else {
            report.error("a carrier needs `takes: access` or `takes: api_key`", at: node.position)
            return nil
        }
        guard let kind: PresentedCredential.Kind = choice(takes), let name else { return nil }
        checkIssued(kind, at: takes.value.position)
        switch place.key {
        case "query":
            noteQuery(at: node.position)
            return Carrier(.query(name), takes: kind)
        case "cookie":
            report.note(
                "browsers send a cookie by themselves: see that no other site can make them call", at: node.position)
            return Carrier(.cookie(name), takes: kind)
        default: return Carrier(.header(name.lowercased(), scheme: scheme), takes: kind)
        }
    }

    /// Reports a carrier of what the dialect never issues.
    mutating func checkIssued(_ kind: PresentedCredential.Kind, at place: SourcePosition) {
        switch kind {
        case .access where sections["tokens"]?.value["access"] == nil:
            report.error("the dialect has no access token: `tokens: {access: ...}`", at: place)
        case .apiKey where sections["api_keys"] == nil:
            report.error("the dialect has no API keys: `api_keys:`", at: place)
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
            guard let rule = InputRule(rawValue: item.key),
                let members = members(of: item, unknown: "message key", ["code", "message"]),
                let words = required("message", of: members, item)
            else { continue }
            let code = members["code"].flatMap { text($0) } ?? rule.rawValue
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
        let essence = type.prefix { $0 != ";" }.lowercased()
        let isJSON = essence == "application/json" || essence.hasPrefix("application/") && essence.hasSuffix("+json")
        guard isJSON, type.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            report.error(
                "`content_type` is that of JSON: `application/json`, `application/...+json`", at: entry.value.position)
            return
        }
        dialect.contentType = type
    }

    /// `cors: {origins: [https://app.example]}`.
    mutating func readOrigins(_ entry: Node.Entry) {
        guard let members = members(of: entry, unknown: "cors key", ["origins"]),
            let origins = required("origins", of: members, entry)
        else { return }
        for item in items(origins.value) {
            guard let origin = text(item, "origins") else { continue }
            let isOrigin = ["https://", "http://"].contains { scheme in
                guard origin.hasPrefix(scheme) else { return false }
                let rest = origin.dropFirst(scheme.count)
                return !rest.isEmpty && rest.utf8.allSatisfy { isWordByte($0) || "-.:[]".utf8.contains($0) }
            }
            guard isOrigin else {
                report.error(
                    "an origin is a scheme, a host and a port, with no path: `https://app.example`", at: item.position)
                continue
            }
            dialect.origins.append(origin)
        }
    }
}
