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
    /// Random bytes of a one-time token; its text is their base64url, always 43 characters.
    private static let oneTimeTokenBytes = 32

    /// Makes a one-time token, voids the account's older ones of that purpose, and puts the mail that carries it
    /// into the outbox, all in the given transaction: a mail goes out exactly if its token is good.
    ///
    /// An account without an address gets nothing.
    func enqueueLink(
        _ purpose: OneTimeTokenRecord.Purpose, to account: Account, at now: Timestamp,
        in transaction: any StoreTransaction
    ) throws {
        try enqueue(try makeLink(purpose), purpose, to: account, at: now, in: transaction)
    }

    /// The part of it that needs no account, so that it can be done whether there is one or not.
    func makeLink(_ purpose: OneTimeTokenRecord.Purpose) throws -> OneTimeLink {
        let terms = oneTimeTerms(purpose)
        let token = TextEncoding.base64url.encode(random.bytes(Self.oneTimeTokenBytes))
        let text = MailText(
            purpose.mailKind, of: realm, link: link(terms.link, holding: token), lifetime: terms.lifetime)
        return OneTimeLink(
            digest: Self.digest(Secret(token)), sealed: try sealer.seal(text.encoded, purpose: MailText.purpose),
            lifetime: terms.lifetime)
    }

    /// The part of it that is stored.
    func enqueue(
        _ link: OneTimeLink, _ purpose: OneTimeTokenRecord.Purpose, to account: Account, at now: Timestamp,
        in transaction: any StoreTransaction
    ) throws {
        guard let email = account.email else { return }
        try transaction.voidOneTimeTokens(of: account.id, purpose: purpose, at: now)
        try transaction.insert(
            OneTimeTokenRecord(
                digest: link.digest, purpose: purpose, accountID: account.id, email: email, createdAt: now,
                expiresAt: now + link.lifetime))
        try transaction.insert(
            Mail(
                id: try newID(.mail, at: now, in: transaction), kind: purpose.mailKind, recipient: email,
                accountID: account.id, sealed: link.sealed, createdAt: now, dueAt: now))
    }

    /// The digest of a text that can be a one-time token; nothing for any other, which is refused without a look-up.
    func readOneTimeToken(_ text: String) -> TokenDigest? {
        guard text.utf8.count <= Self.oneTimeTokenBytes * 2,
            TextEncoding.base64url.decode(text.utf8, count: Self.oneTimeTokenBytes) != nil
        else { return nil }
        return Self.digest(Secret(text))
    }

    /// The account that a one-time token opens now.
    ///
    /// Refuses `invalidLink` for a token that is unknown, of another purpose, used or voided, sent to an address
    /// that is no longer the account's, or of an account that is disabled; `alreadyVerified` for one that is used
    /// where the address it was sent to is verified; `expiredLink` past its end.
    func redeem(
        _ digest: TokenDigest, _ purpose: OneTimeTokenRecord.Purpose, at now: Timestamp, in reading: any StoreReading
    ) throws -> Outcome<Account> {
        guard let record = try reading.oneTimeToken(digest), record.purpose == purpose,
            let account = try reading.account(record.accountID), !account.disabled,
            let email = account.email, Identifier.key(email) == Identifier.key(record.email)
        else { return .refused(.invalidLink) }
        guard record.usedAt == nil else {
            return .refused(purpose == .verify && account.emailVerified ? .alreadyVerified : .invalidLink)
        }
        guard now < record.expiresAt else { return .refused(.expiredLink) }
        return .granted(account)
    }

    /// The terms of the contract, or those of a contract that says nothing of them.
    private func oneTimeTerms(_ purpose: OneTimeTokenRecord.Purpose) -> OneTimeTokenTerms {
        let (stated, usual, path) =
            switch purpose {
            case .verify: (terms.verify, Lifetime.hours(24), "/verify-email?token=")
            case .reset: (terms.reset, Lifetime.hours(1), "/reset-password?token=")
            }
        var terms = stated ?? OneTimeTokenTerms(lifetime: usual)
        if terms.link.isEmpty { terms.link = [.publicURL, .text(path), .token] }
        return terms
    }

    private func link(_ pieces: [LinkPiece], holding token: String) -> String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .publicURL: realm.publicURL
            case .token: token
            case .accountID, .email: ""
            }
        }.joined()
    }
}
