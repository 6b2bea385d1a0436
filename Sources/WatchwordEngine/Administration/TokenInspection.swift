import WatchwordCore

/// What a token or key is, and whether it opens anything now. It does not hold the token.
public struct TokenInspection: Hashable, Sendable {
    /// Nothing for a text that is no token of this realm, or one whose record is gone.
    public var kind: Kind?
    public var account: Account?
    public var session: Session?
    public var apiKey: APIKey?
    public var issuedAt: Timestamp?
    public var expiresAt: Timestamp?
    /// Why it opens nothing; nothing if it does.
    public var refusal: RefusalCode?

    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case access, refresh
        case apiKey = "api_key"
        case verifyLink = "verify_link"
        case resetLink = "reset_link"
    }
}

extension Administration {
    /// Says what a token is. It uses nothing up: no use is counted, no link is spent, and nothing is put on record.
    public func inspect(_ token: Secret) async throws -> TokenInspection {
        let now = engine.clock.now()
        return try await engine.store.read { reading in
            try apiKey(token, at: now, in: reading) ?? link(token, at: now, in: reading)
                ?? refreshToken(token, at: now, in: reading) ?? takenOver(token, at: now, in: reading)
                ?? accessToken(token, at: now, in: reading)
        }
    }

    private func apiKey(
        _ text: Secret, at now: Timestamp, in reading: any StoreReading
    ) throws -> TokenInspection? {
        guard let digest = engine.readAPIKey(text), let key = try reading.apiKey(digest) else { return nil }
        var found = TokenInspection(kind: .apiKey, apiKey: key, issuedAt: key.createdAt, expiresAt: key.expiresAt)
        found.account = try reading.account(key.accountID)
        found.refuse(found.account?.disabled != false || key.revokedAt != nil, .revokedToken)
        found.refuse(!key.isLive(at: now), .expiredToken)
        return found
    }

    private func link(_ text: Secret, at now: Timestamp, in reading: any StoreReading) throws -> TokenInspection? {
        // A short code says nothing without its account, and is not found by its digest.
        guard let record = try reading.oneTimeToken(Engine.digest(text)) else { return nil }
        var found = TokenInspection(
            kind: record.purpose == .verify ? .verifyLink : .resetLink, issuedAt: record.createdAt,
            expiresAt: record.expiresAt)
        found.account = try reading.account(record.accountID)
        found.refusal = try engine.redeem(
            PresentedLink(token: text.revealed, isNamed: false), record.purpose, at: now, in: reading
        ).refusal?.code
        return found
    }

    private func refreshToken(
        _ text: Secret, at now: Timestamp, in reading: any StoreReading
    ) throws -> TokenInspection? {
        guard let record = try reading.refreshToken(Engine.digest(text)) else { return nil }
        var found = TokenInspection(kind: .refresh, expiresAt: record.expiresAt)
        try found.look(up: record.sessionID, at: now, in: reading, ended: .invalidRefresh)
        found.refuse(record.usedAt != nil, .reusedRefresh)
        found.refuse(now >= record.expiresAt, .expiredRefresh)
        return found
    }

    private func accessToken(
        _ text: Secret, at now: Timestamp, in reading: any StoreReading
    ) throws -> TokenInspection {
        let token = engine.read(text, as: .access, engine.terms.access.format, at: now)
        let record = try reading.accessToken(Engine.digest(text))
        guard let session = token.output?.session ?? record?.sessionID else {
            return try untaken(text, at: now, in: reading)
                ?? TokenInspection(refusal: token.refusal?.code ?? .invalidToken)
        }
        var found = TokenInspection(
            kind: .access,
            issuedAt: token.output?.issuedAt ?? record.map { Timestamp(seconds: $0.issuedSecond) },
            expiresAt: token.output?.expiresAt ?? record?.expiresAt)
        try found.look(up: session, at: now, in: reading, ended: .revokedToken)
        if let refusal = token.refusal { found.refuse(true, refusal.code) }
        found.refuse(found.expiresAt.map { now >= $0 } ?? false, .expiredToken)
        return found
    }
}

extension TokenInspection {
    mutating func refuse(_ isSo: Bool, _ code: RefusalCode) {
        if isSo, refusal == nil { refusal = code }
    }

    mutating func look(
        up id: Session.ID, at now: Timestamp, in reading: any StoreReading, ended code: RefusalCode
    ) throws {
        session = try reading.session(id)
        account = try session.flatMap { try reading.account($0.accountID) }
        refuse(session?.isLive(at: now) != true || account?.disabled != false, code)
    }
}
