import WatchwordCore

extension Engine {
    /// A new access token of the session, ending no later than the session does.
    ///
    /// Where the claims leave no room to name the session, the token's digest is recorded, and `iat` is the
    /// latest second not yet used for the account: two sign-ins in one second get two tokens, and none is
    /// issued in the future, which verifiers refuse.
    func issueAccess(
        _ account: Account, _ session: Session, at now: Timestamp, in transaction: any StoreTransaction
    ) throws -> IssuedToken {
        let format = terms.access.format
        guard format.isFoundByDigest else {
            return try write(format, .access, terms.access.lifetime, account, session, issued: now.seconds)
        }
        let second = try transaction.freeIssueSecond(of: account.id, notAfter: now.seconds)
        let token = try write(format, .access, terms.access.lifetime, account, session, issued: second)
        try transaction.insert(
            AccessTokenRecord(
                digest: Self.digest(addressed(token.text)), sessionID: session.id, accountID: account.id,
                issuedSecond: second,
                expiresAt: token.expiresAt))
        return token
    }

    /// A new refresh token of the session, ending no later than the session does.
    func issueRefresh(
        _ account: Account, _ session: Session, _ refresh: RefreshTokenTerms, at now: Timestamp,
        in transaction: any StoreTransaction
    ) throws -> IssuedToken {
        var second = now.seconds
        var token = try write(refresh.format, .refresh, refresh.lifetime, account, session, issued: second)
        // Only a closed claim set can repeat a token; an earlier second makes it another.
        while refresh.format.isFoundByDigest, try transaction.refreshToken(Self.digest(token.text)) != nil {
            second -= 1
            token = try write(refresh.format, .refresh, refresh.lifetime, account, session, issued: second)
        }
        try transaction.insert(
            RefreshTokenRecord(
                digest: Self.digest(token.text), sessionID: session.id, expiresAt: token.expiresAt))
        return token
    }

    private func write(
        _ format: TokenFormat, _ kind: TokenKind, _ lifetime: Lifetime, _ account: Account, _ session: Session,
        issued second: Int64
    ) throws -> IssuedToken {
        let issuedAt = Timestamp(seconds: second)
        let end = min(second + lifetime.seconds, session.expiresAt.seconds)
        let expiresAt = Timestamp(seconds: end)
        switch format {
        case .opaque(let format):
            return IssuedToken(text: Secret(format.text(random)), issuedAt: issuedAt, expiresAt: expiresAt)
        case .jwt(let key, let claims, let closed):
            let layout = ClaimLayout(claims, closed: closed)
            let name = layout.tokenIDName.map { _ in
                TokenName(kind, session.id, nonce: TextEncoding.base64url.encode(random.bytes(8))).text
            }
            let facts = ClaimFacts(
                account: account, sessionID: session.id, tokenID: name, issuedAt: issuedAt, expiresAt: expiresAt,
                issuer: realm.publicURL)
            let filled = layout.members.filled(with: facts, ids: terms.accounts.idFormat)
            return IssuedToken(text: try signer.sign(filled, with: key), issuedAt: issuedAt, expiresAt: expiresAt)
        }
    }
}

extension TokenFormat {
    /// Whether the session of a token is found by the token's digest, because nothing in it can be trusted to name it.
    var isFoundByDigest: Bool {
        switch self {
        case .opaque: true
        case .jwt(_, let claims, let closed): ClaimLayout(claims, closed: closed).tokenIDName == nil
        }
    }
}
