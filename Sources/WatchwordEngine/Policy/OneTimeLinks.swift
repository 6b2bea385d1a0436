import WatchwordCore

extension OneTimeTokenRecord.Purpose {
    /// The mail that carries such a token.
    var mailKind: Mail.Kind {
        switch self {
        case .verify: .verify
        case .reset: .reset
        }
    }
}

/// A one-time token and the mail that carries it, made but not stored.
struct OneTimeLink: Sendable {
    let digest: TokenDigest
    let sealed: [UInt8]
    let lifetime: Lifetime
}

extension Engine {
    /// Makes a one-time token and puts the mail that carries it into the outbox, all in the given transaction: a mail
    /// goes out exactly if its token is good. A newer link to reset a password voids the older, and so does a newer
    /// code; links that verify an address stand beside each other, for all were sent to the same mailbox.
    ///
    /// `asker` is whose request it comes of, which the mail tells; nothing for one that comes with signing up. An account
    /// without an address gets nothing.
    func enqueueLink(
        _ purpose: OneTimeTokenRecord.Purpose, to account: Account, askedBy asker: Caller? = nil, at now: Timestamp,
        in transaction: any StoreTransaction
    ) throws {
        guard let email = account.email else { return }
        let link = try makeLink(purpose, of: account.id, email, askedBy: asker, at: now)
        try enqueue(link, purpose, to: account, at: now, in: transaction)
    }

    /// The part of it that stores nothing, so that it can be done whether there is an account or not.
    func makeLink(
        _ purpose: OneTimeTokenRecord.Purpose, of account: Account.ID, _ email: String, askedBy asker: Caller?,
        at now: Timestamp
    ) throws -> OneTimeLink {
        let terms = oneTimeTerms(purpose)
        let token = terms.format.text(random)
        let pieces = terms.link.map { piece in
            switch piece {
            case .text(let text): text
            case .publicURL: realm.publicURL
            case .token: token
            case .accountID: PercentEncoding.component(account.text)
            case .email: PercentEncoding.component(email)
            }
        }
        let content = MailContent(
            purpose.mailKind, link: pieces.joined(), lifetime: terms.lifetime,
            facts: asker.map { occasion($0, at: now) } ?? [:])
        return OneTimeLink(
            digest: oneTimeDigest(of: token, purpose, account, createdAt: now),
            sealed: try sealer.seal(content.encoded, purpose: MailContent.purpose), lifetime: terms.lifetime)
    }

    /// The part of it that is stored.
    func enqueue(
        _ link: OneTimeLink, _ purpose: OneTimeTokenRecord.Purpose, to account: Account, at now: Timestamp,
        in transaction: any StoreTransaction
    ) throws {
        guard let email = account.email else { return }
        if purpose == .reset || oneTimeTerms(purpose).format.isGuessable {
            try transaction.voidOneTimeTokens(of: account.id, purpose: purpose, at: now)
        }
        try transaction.insert(
            OneTimeTokenRecord(
                digest: link.digest, purpose: purpose, accountID: account.id, email: email, createdAt: now,
                expiresAt: now + link.lifetime))
        try enqueue(purpose.mailKind, link.sealed, to: email, of: account.id, at: now, in: transaction)
    }

    /// The form in which a one-time token is stored. One that could be guessed is no secret in a plain digest: it is
    /// stored under the realm's secret, and for its account only.
    func oneTimeDigest(
        of token: String, _ purpose: OneTimeTokenRecord.Purpose, _ account: Account.ID, createdAt: Timestamp
    ) -> TokenDigest {
        guard oneTimeTerms(purpose).format.isGuessable else { return Self.digest(Secret(token)) }
        // Each part with its length: no two accounts can spell one label.
        let parts = [realm.id.text, purpose.rawValue, account.text, String(createdAt.microseconds), token]
        return TokenDigest(sealer.derive("one-time code" + parts.map { "/\($0.utf8.count):\($0)" }.joined()))
    }

    /// The terms of the contract, or those of a contract that says nothing of them.
    func oneTimeTerms(_ purpose: OneTimeTokenRecord.Purpose) -> OneTimeTokenTerms {
        let (stated, usual, path) =
            switch purpose {
            case .verify: (terms.verify, Lifetime.hours(24), "/verify-email?token=")
            case .reset: (terms.reset, Lifetime.hours(1), "/reset-password?token=")
            }
        var terms = stated ?? OneTimeTokenTerms(lifetime: usual)
        if terms.link.isEmpty { terms.link = [.publicURL, .text(path), .token] }
        return terms
    }
}
