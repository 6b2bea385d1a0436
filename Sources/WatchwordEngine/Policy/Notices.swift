import WatchwordCore

extension Engine {
    /// Puts a mail into the outbox that tells the account's owner what has just been done to it, in the transaction that
    /// does it. `caller` is who did it; nothing for an operator.
    ///
    /// Nothing goes out where the account has no address or the realm does not send this kind. Beyond the mailbox's
    /// bound, which each kind has for itself, it is dropped, and that is put on record: so nobody can hide one mail
    /// behind a flood of others.
    func notify(
        _ kind: Mail.Kind, _ account: Account, _ more: [MailContent.Fact: String] = [:], by caller: Caller?,
        at now: Timestamp, in transaction: any StoreTransaction
    ) throws {
        guard realm.notices.contains(kind), let email = account.email else { return }
        let mailbox = Throttle.Subject.notice(kind, Identifier.email(email).key)
        guard throttle.take(mailbox, throttle.limits.notice, at: now) == nil else {
            var dropped = event(
                .throttled, caller ?? Administration.caller, at: now, account: account.id,
                detail: "mail \(kind.rawValue)")
            dropped.outcome = RefusalCode.rateLimited.rawValue
            return try transaction.append(dropped)
        }
        var facts = more.filter { account.emailVerified || Self.ours.contains($0.key) || Self.isLabel($0.value) }
        facts[.name] = account.name.flatMap { account.emailVerified || Self.isLabel($0) ? $0 : nil }
        facts[.account] = account.handle(terms.accounts.login)
        facts.merge(occasion(caller, at: now)) { told, _ in told }
        if let caller, account.emailVerified { facts[.device] = facts[.device] ?? keptUserAgent(caller) }
        try enqueue(MailContent(kind, facts: facts), to: email, of: account.id, at: now, in: transaction)
    }

    /// The same of an API key of the account.
    func notify(
        _ kind: Mail.Kind, _ account: Account, key: APIKey, by caller: Caller?, at now: Timestamp,
        in transaction: any StoreTransaction
    ) throws {
        guard realm.notices.contains(kind) else { return }
        var facts: [MailContent.Fact: String] = [.keyHint: key.hint]
        facts[.key] = key.name
        facts[.agent] = try key.agentID.flatMap { try transaction.agent($0) }?.name
        try notify(kind, account, facts, by: caller, at: now, in: transaction)
    }

    /// When, from where and with what something came: all that mail tells of whoever has proved nothing. What a client
    /// calls itself is told in words of ours or not at all, or anybody could write to any mailbox.
    func occasion(_ caller: Caller?, at now: Timestamp) -> [MailContent.Fact: String] {
        var facts: [MailContent.Fact: String] = [.at: CivilTime(now).text()]
        facts[.address] = caller?.address.text
        facts[.device] = caller?.userAgent.flatMap { DeviceName.of($0) }
        return facts
    }

    /// Tells both owners of addresses that the account has another one. The old one is not told which.
    func notify(
        ofReaddressing old: Account, to account: Account, by caller: Caller?, at now: Timestamp,
        in transaction: any StoreTransaction
    ) throws {
        if let email = account.email {
            try notify(.addressChanged, account, [.email: email], by: caller, at: now, in: transaction)
        }
        try notify(.addressChanged, old, by: caller, at: now, in: transaction)
    }

    /// Puts a mail into the outbox.
    func enqueue(
        _ content: MailContent, to recipient: String, of account: Account.ID, at now: Timestamp,
        in transaction: any StoreTransaction
    ) throws {
        let sealed = try sealer.seal(content.encoded, purpose: MailContent.purpose)
        try enqueue(content.kind, sealed, to: recipient, of: account, at: now, in: transaction)
    }

    /// The same of one that is sealed already.
    func enqueue(
        _ kind: Mail.Kind, _ sealed: [UInt8], to recipient: String, of account: Account.ID, at now: Timestamp,
        in transaction: any StoreTransaction
    ) throws {
        try transaction.insert(
            Mail(
                id: try newID(.mail, at: now, in: transaction), kind: kind, recipient: recipient, accountID: account,
                sealed: sealed, createdAt: now, dueAt: now))
    }

    /// Facts in which an account's owner cannot write to whoever reads the mail.
    private static let ours: Set<MailContent.Fact> = [.keyHint, .email]

    /// Whether a text is too plain to be a message. An address that nobody has verified may be a stranger's, who is
    /// told no other text of the account's owner: mail of ours must not become a way to write to strangers.
    private static func isLabel(_ text: String) -> Bool {
        text.utf8.count <= 40
            && text.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || " -_0123456789".unicodeScalars.contains($0)
            }
    }
}

extension Account {
    /// What its owner signs in with, of the kinds that the contract knows, in its order.
    fileprivate func handle(_ kinds: [Identifier.Kind]) -> String? {
        for kind in kinds {
            switch kind {
            case .email: if let email { return email }
            case .username: if let username { return username }
            }
        }
        return nil
    }
}
