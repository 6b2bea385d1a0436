import WatchwordCore

extension Loader {
    /// What the operation needs of its route: a caller, inputs, and the parts of the contract it works on.
    mutating func checkNeeds(_ route: Route, _ members: Members, _ item: Node.Entry) {
        let name = route.operation.rawValue
        let signature = route.operation.signature
        let standsIn = signature.actsOr.map { input in route.bindings.contains { $0.input == input } } ?? false
        if signature.acts, members["auth"] == nil, !standsIn {
            let other = signature.actsOr.map { ", or `\($0.text)` in `in:`" } ?? ""
            report.error("`\(name)` acts for somebody: it needs `auth:`\(other)", at: item.position)
        }
        // What is no mapping was reported.
        let unread = members["in"].map { $0.value.entries == nil } ?? false
        // A misspelt input was reported, and is not missing as well.
        let inputs = (signature.required + signature.optional).map(\.text)
        let written = Set(
            (members["in"]?.value.entries ?? []).map { entry in
                inputs.contains(entry.key) ? entry.key : suggestion(for: entry.key, among: inputs) ?? entry.key
            })
        let place = members["in"]?.position ?? item.position
        if !unread {
            for input in needed(by: route.operation) where !written.contains(input.text) {
                report.error("`\(name)` needs `\(input.text)` in `in:`", at: place)
            }
            let isOwn = signature.callerIsEnough && members["auth"] != nil
            if !signature.oneOf.isEmpty, !isOwn, written.isDisjoint(with: signature.oneOf.map(\.text)) {
                let choices = signature.oneOf.map { "`\($0.text)`" }.joined(separator: ", ")
                report.error("`\(name)` needs one of \(choices) in `in:`", at: place)
            }
        }
        checkContract(route, item)
        if route.operation == .signIn {
            for kind in Identifier.Kind.allCases where !dialect.terms.accounts.login.contains(kind) {
                guard let entry = members["in"]?.value.entries?.first(where: { $0.key == kind.rawValue }) else {
                    continue
                }
                report.error(
                    "nobody signs in by \(kind.rawValue): `users: {login: ...}` has it not", at: entry.position)
            }
        }
        checkRole(route, members)
        checkCode(route, at: place)
        checkHiding(route, item)
        for code in route.errors.keys.sorted(by: { $0.rawValue < $1.rawValue }) where !canMeet(route, code) {
            let entry = members["errors"]?.value.entries?.first { $0.key == code.rawValue }
            report.note("`\(name)` never ends in `\(code.rawValue)`", at: entry?.position ?? item.position)
        }
    }

    /// A code that can be guessed is only good together with the account it was made for.
    private mutating func checkCode(_ route: Route, at place: SourcePosition) {
        let terms =
            switch route.operation {
            case .verifyEmail: dialect.terms.verify
            case .resetPassword: dialect.terms.reset
            default: nil as OneTimeTokenTerms?
            }
        guard terms?.format.isGuessable == true else { return }
        let owners: [InputName] = [.uid, .email, .username, .identity]
        if !route.bindings.contains(where: { owners.contains($0.input) }) {
            report.error(
                "the token is a short code, good only with its account: `in:` needs one of `uid`, `email`, `username`, `identity`",
                at: place)
        }
    }

    /// What is answered for a taken address as for a free one cannot show what only a new account has.
    private mutating func checkHiding(_ route: Route, _ item: Node.Entry) {
        guard route.operation == .signUp, dialect.terms.accounts.hidesTaken else { return }
        let shows = route.replies.contains { reply in
            reply.mentions {
                switch $0 {
                case .access, .refresh, .session, .apiKey: true
                default: false
                }
            }
        }
        if shows {
            report.error(
                "`hide_taken` cannot hold: the reply shows a token, a session or a key, which a taken address has none of",
                at: item.position)
        }
    }

    /// A role that a stranger names is one that gives no power over others.
    private mutating func checkRole(_ route: Route, _ members: Members) {
        guard route.operation == .signUp, let place = members["in"]?.value.entries?.first(where: { $0.key == "role" })
        else { return }
        let terms = dialect.terms.accounts
        if terms.roles.isEmpty {
            report.error("`role` chooses one of `users: {roles: ...}`, and there are none", at: place.position)
        } else {
            let open = terms.roles.filter { !terms.administrators.contains($0) }.map { "`\($0)`" }
            report.note("whoever signs up chooses a role: \(open.joined(separator: ", "))", at: place.position)
        }
    }

    private func needed(by operation: Operation) -> [InputName] {
        var inputs = operation.signature.required
        if operation == .signUp {
            for kind in dialect.terms.accounts.required { inputs.append(kind == .email ? .email : .username) }
        }
        if operation == .createAPIKey, dialect.terms.apiKeys?.boundToAgent == true { inputs.append(.agentID) }
        return inputs
    }

    /// The sections that operations work on must be there.
    private mutating func checkContract(_ route: Route, _ item: Node.Entry) {
        let name = route.operation.rawValue
        func missing(_ what: String) -> String { "`\(name)` needs `\(what)`, and the dialect has none" }
        switch route.operation {
        case .refresh where dialect.terms.refresh == nil:
            report.error(missing("tokens: {refresh: ...}"), at: item.position)
        case .verifyEmail where dialect.terms.verify == nil,
            .requestVerification where dialect.terms.verify == nil:
            report.error(missing("tokens: {verify: ...}"), at: item.position)
        case .requestReset where dialect.terms.reset == nil, .resetPassword where dialect.terms.reset == nil:
            report.error(missing("tokens: {reset: ...}"), at: item.position)
        case .createAPIKey where dialect.terms.apiKeys == nil, .listAPIKeys where dialect.terms.apiKeys == nil,
            .revokeAPIKey where dialect.terms.apiKeys == nil, .rotateAPIKey where dialect.terms.apiKeys == nil:
            report.error(missing("api_keys"), at: item.position)
        case .introspect where route.carriers == nil:
            report.note("anybody who has a token may ask what it is good for", at: item.position)
        case .keySet where dialect.keys.allSatisfy(\.algorithm.isSymmetric):
            report.note("there is no public key to tell: every key is a shared secret", at: item.position)
        case .renew, .changePassword, .signOut, .createTicket:
            if let carriers = route.carriers, !carriers.isEmpty, !carriers.contains(where: { $0.takes == .access }) {
                report.error("`\(name)` is about a session: `auth:` must take an access token", at: item.position)
            }
        default: break
        }
    }

    /// A rotated token that no answer holds is a session lost.
    mutating func checkRotation(_ route: Route, _ item: Node.Entry) {
        guard route.operation == .refresh, dialect.terms.refresh?.use == .rotate else { return }
        for reply in route.replies where !reply.mentions({ $0 == .refresh(.token) }) {
            report.error("the rotated token is never given: the reply has no `$refresh.token`", at: item.position)
        }
    }

    /// Where inputs are read from, and what of the path is read.
    mutating func checkSources(_ route: Route, _ members: Members, _ item: Node.Entry) {
        let place = members["in"]?.position ?? item.position
        for binding in route.bindings {
            for source in binding.sources { checkSecret(binding.input, source, route, at: place) }
        }
        let sources =
            route.bindings.flatMap(\.sources) + route.extras.flatMap(\.sources)
            + (route.conditions + route.otherReplies.flatMap(\.conditions)).flatMap(\.sources)
        checkParameters(route, sources, item, at: place)
        checkBody(route, sources, members, item)
        if route.operation == .signIn, route.media.contains(.form) {
            report.note(
                "any site can make a browser send this form; no cookie must follow from it",
                at: members["take"]?.position ?? item.position)
        }
    }

    private mutating func checkParameters(
        _ route: Route, _ sources: [InputSource], _ item: Node.Entry, at place: SourcePosition
    ) {
        var parameters: [String] = []
        for piece in route.path { if case .parameter(let name) = piece { parameters.append(name) } }
        var unused = parameters
        for name in sources.flatMap(\.parameters) {
            unused.removeAll { $0 == name }
            if !parameters.contains(name) {
                report.error(message("the path has no `{\(name)}`", meaning: name, among: parameters), at: place)
            }
        }
        for name in unused { report.note("`{\(name)}` of the path is read by nothing", at: item.position) }
    }

    private mutating func checkBody(
        _ route: Route, _ sources: [InputSource], _ members: Members, _ item: Node.Entry
    ) {
        let place = members["in"]?.position ?? item.position
        let readsBody = sources.contains(where: \.isBody)
        if readsBody, route.method == "GET" {
            report.error("a GET has no body to read from", at: place)
        } else if readsBody, members["take"] == nil {
            report.error("`\(item.key)` reads a body: it needs `take: json` or `take: form`", at: place)
        }
        if let take = members["take"], !readsBody, members["in"].map({ !$0.value.isUnreadable }) ?? true,
            route.bindings.count == members["in"]?.value.entries?.count ?? 0
        {
            report.note("nothing is read from the body", at: take.position)
        }
        guard readsBody, !route.media.isEmpty else { return }
        let readsWhole = sources.contains(.body(["*"]))
        if route.media.contains(.text), !readsWhole {
            report.error("a text has no members: its source is `\"*\"`", at: place)
        } else if readsWhole, !route.media.contains(.text), !route.media.contains(.json) {
            report.error("`\"*\"` is the whole of a text or of JSON, and a form has only members", at: place)
        }
    }

    /// Secrets where other systems may log them, and secrets that everybody with the file knows.
    private mutating func checkSecret(
        _ input: InputName, _ source: InputSource, _ route: Route, at place: SourcePosition
    ) {
        guard input.isSecret else { return }
        switch source {
        case .query where input == .token && route.operation == .verifyEmail,
            .path where input == .token && route.operation == .verifyEmail:
            if route.method == "GET", mails(linkTo: route) {
                report.note("whatever opens links in mail for its reader can use this one up", at: place)
            }
        case .query: noteSecret(input, "the query", at: place)
        case .path: noteSecret(input, "the path", at: place)
        case .constant: report.error("`\(input.text)` is a secret, and no constant of a file", at: place)
        case .body, .header, .cookie, .basic, .socket: break
        }
    }

    /// Whether the mail's link may lead to the route: not where it leads to another path of this server.
    private func mails(linkTo route: Route) -> Bool {
        guard let path = dialect.terms.verify?.linkPath else { return true }
        return path == route.pathText || path + "/" == route.pathText || path == route.pathText + "/"
    }

    private mutating func noteSecret(_ input: InputName, _ part: String, at place: SourcePosition) {
        report.note(
            "`\(input.text)` is a secret in \(part) of a URL: kept out of this server's logs, but proxies in front may log it",
            at: place)
    }

    // MARK: Completeness

    /// Every code a route can answer with.
    static func reachable(_ route: Route) -> [RefusalCode] {
        route.operation.signature.refusals + OperationSignature.everywhere
            + (route.carriers == nil ? [] : OperationSignature.authentication)
    }

    private func canMeet(_ route: Route, _ code: RefusalCode) -> Bool {
        Self.reachable(route).contains { sequence(first: $0, next: \.parent).contains(code) }
    }

    /// The first refusal that finds no words; one is told for the whole file, since one mapping mends them all.
    mutating func checkCompleteness(_ route: Route, _ item: Node.Entry) {
        guard !toldIncomplete, sections["errors"].map({ !$0.value.isUnreadable }) ?? false else { return }
        guard let code = Self.reachable(route).first(where: { dialect.mapping(of: $0, on: route) == nil }) else {
            return
        }
        toldIncomplete = true
        report.error(
            "`\(route.operation.rawValue)` can end in `\(code.rawValue)` and neither this route nor `errors:` maps it (or a parent of it)",
            at: item.position)
    }
}

extension InputSource {
    /// The parameters of the path that it reads.
    fileprivate var parameters: [String] {
        switch self {
        case .path(let name): [name]
        case .socket(let pieces): pieces.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
        default: []
        }
    }
}
