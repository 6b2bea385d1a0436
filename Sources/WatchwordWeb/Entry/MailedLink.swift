import WatchwordCore
import WatchwordDialect
import WatchwordEngine

/// What a mailed link carries, read from its query, and later from the hidden fields of the form that uses it.
struct MailedLink {
    var token: String?
    var account: String?
    var email: String?
    /// Which dialect's link it is, by its place in the realm.
    var dialect = 0

    /// From the address of the page that the link leads to.
    init(_ link: MailLinks.Link, _ query: FormBody) {
        token = link.token.flatMap { query[$0] }
        account = link.account.flatMap { query[$0] }
        email = link.email.flatMap { query[$0] }
        dialect = link.dialect
    }

    init(_ fields: FormBody) {
        token = fields["token"]
        account = fields["uid"]
        email = fields["email"]
        dialect = fields["via"].flatMap { Int($0) } ?? 0
    }

    /// The hidden fields of a form that goes on with it.
    var hidden: [(name: String, value: String)] {
        [("token", token), ("uid", account), ("email", email), ("via", dialect == 0 ? nil : String(dialect))]
            .compactMap { name, value in value.map { (name, $0) } }
    }

    /// For a link that came without its token: to be pasted.
    var tokenField: [Field] {
        guard token == nil else { return [] }
        var field = Field(.token, label: "field.link_code")
        field.autocomplete = "one-time-code"
        return [field]
    }

    /// Does an operation on the terms of the dialect whose link it is.
    func perform(
        _ operation: Operation, _ more: [(InputName, Value?)], _ visit: Visit
    ) async throws -> Outcome<Grant> {
        guard let engine = visit.site.linkEngine(dialect) else { return .refused(.invalidLink) }
        var inputs: [(InputName, Value?)] = [(.token, token.map(Value.string))]
        if let account { inputs.append((.uid, .string(account))) }
        if let email { inputs.append((.email, .string(email))) }
        return try await engine.perform(operation, visit.submission(inputs + more), visit.caller)
    }
}

extension SiteParts {
    /// The engine that reads the links of that dialect's mails; nothing for a dialect that there is not.
    func linkEngine(_ dialect: Int) -> Engine? {
        guard dialect != 0 else { return engine }
        guard dialects.indices.contains(dialect) else { return nil }
        var realm = engine.realm
        let terms = Terms.ofPages([dialects[dialect].terms], session: settings.sessionLifetime)
        realm.terms.verify = terms.verify
        realm.terms.reset = terms.reset
        return Engine(
            realm: realm, store: engine.store, hasher: engine.hasher, signer: engine.signer, sealer: engine.sealer,
            commonPasswords: engine.commonPasswords, audit: engine.audit, throttle: engine.throttle,
            memory: engine.memory, clock: engine.clock, random: engine.random)
    }
}
