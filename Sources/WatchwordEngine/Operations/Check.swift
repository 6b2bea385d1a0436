import WatchwordCore

extension Engine {
    /// Who presents these credentials: each must be good, and all of the same account. The first gives the principal.
    ///
    /// Refuses `missingToken`, `invalidToken`, `expiredToken`, `revokedToken`, `wrongTokenType`; for a key also
    /// `rateLimited` and `quotaExceeded`. A key's use is counted once per call, in memory.
    public func authenticate(
        _ presented: [PresentedCredential], _ caller: Caller
    ) async throws -> Outcome<Principal> {
        if let remembered = recall(presented, caller) { return remembered }
        let now = clock.now()
        var found: [Principal] = []
        for credential in presented {
            switch try await believe(credential, caller, at: now) {
            case .refused(let refusal): return .refused(refusal)
            case .granted(let principal): found.append(principal)
            }
        }
        if let outcome = agree(found, at: now) { return outcome }

        // Only the count of uses is unknown now.
        for key in found where key.apiKey != nil {
            let mark = memory.uses.mark()
            guard let account = try await store.read({ try $0.account(key.account.id) }) else {
                return .refused(.revokedToken)
            }
            memory.uses.observe(account, since: mark)
        }
        return agree(found, at: now) ?? .refused(.busy)
    }

    /// The same from memory alone, without waiting; nothing if the store has to be asked.
    public func recall(_ presented: [PresentedCredential], _ caller: Caller) -> Outcome<Principal>? {
        guard !presented.isEmpty else { return .refused(.missingToken) }
        let now = clock.now()
        // The commonest case by far, and the hot one: one token.
        if presented.count == 1, presented[0].kind == .access, presented[0].otherKinds.isEmpty {
            return remembered(presented[0], caller, at: now).map { .granted($0) }
        }
        var found: [Principal] = []
        for credential in presented {
            guard let principal = remembered(credential, caller, at: now) else { return nil }
            found.append(principal)
        }
        return agree(found, at: now)
    }

    /// Takes in what other processes on this database changed after that change; gives the number to go on from.
    ///
    /// Start with the store's `lastChange()` before serving; call it every twentieth of a second or so: that is
    /// how long a credential ended elsewhere can still be good here.
    public func catchUp(from sequence: Int64) async throws -> Int64 {
        let changes = try await store.read { try $0.changes(after: sequence) }
        guard let last = changes.last else { return sequence }
        memory.apply(changes.map(\.change))
        return last.sequence
    }

    // MARK: Pieces

    private func remembered(_ credential: PresentedCredential, _ caller: Caller, at now: Timestamp) -> Principal? {
        guard let principal = memory.credentials.find(CredentialKey(addressed(credential.text)), at: now) else {
            return credential.canBe(.password) ? rememberedPassword(credential, caller, at: now) : nil
        }
        guard credential.canBe(principal.proof.kind), credential.owner?.isOwner(principal.account) ?? true
        else { return nil }
        return principal
    }

    /// The first of the principals, if they are one account's and its key may be used; nothing if its uses are unknown.
    private func agree(_ found: [Principal], at now: Timestamp) -> Outcome<Principal>? {
        guard let first = found.first else { return .refused(.missingToken) }
        guard found.allSatisfy({ $0.account.id == first.account.id }) else { return .refused(.invalidToken) }
        guard let keyed = found.first(where: { $0.apiKey != nil }), let key = keyed.apiKey else {
            return .granted(first)
        }
        if let wait = throttle.take(.key(key.id), throttle.limits.key, at: now) {
            return .refused(Refusal(.rateLimited, retryAfter: max(1, wait)))
        }
        guard terms.apiKeys?.usageLimit != nil || realm.siblings.contains(where: { $0.apiKeys?.usageLimit != nil })
        else {
            memory.uses.touch(key.id, at: now)
            return .granted(first)
        }
        switch memory.uses.count(keyed.account, key.id, at: now) {
        case .counted: return .granted(first)
        case .spent: return .refused(.quotaExceeded)
        case .unknown: return nil
        }
    }

    /// Verifies one credential, by memory or the store, and remembers it.
    private func believe(
        _ credential: PresentedCredential, _ caller: Caller, at now: Timestamp
    ) async throws -> Outcome<Principal> {
        if let principal = remembered(credential, caller, at: now) { return .granted(principal) }
        let mark = memory.credentials.mark()
        var outcome = try await believe(credential, as: credential.kind, caller, at: now)
        // What it is not at all may be of another kind; what it is, and is no longer good, is not tried again.
        for kind in credential.otherKinds {
            guard let code = outcome.refusal?.code, code == .invalidToken || code == .wrongTokenType else { break }
            outcome = try await believe(credential, as: kind, caller, at: now)
        }
        switch outcome {
        case .refused(let refusal): return .refused(refusal)
        case .granted(let belief):
            if belief.isRemembered, let key = memoryKey(of: credential, as: belief.principal.proof.kind, caller) {
                memory.credentials.remember(key, belief.principal, until: belief.expiresAt, since: mark)
            }
            guard credential.owner?.isOwner(belief.principal.account) ?? true else { return .refused(.invalidToken) }
            return .granted(belief.principal)
        }
    }

    private func believe(
        _ credential: PresentedCredential, as kind: PresentedCredential.Kind, _ caller: Caller, at now: Timestamp
    ) async throws -> Outcome<Belief> {
        switch kind {
        case .access: try await believeAccess(credential.text, caller, at: now)
        case .apiKey: try await believeKey(credential.text, at: now)
        case .refresh: try await believeRefresh(credential.text, at: now)
        case .password: try await believePassword(credential, caller, at: now)
        }
    }

    /// A credential found good, and until when it is.
    struct Belief: Sendable {
        var principal: Principal
        var expiresAt: Timestamp
        var isRemembered = true

        init(principal: Principal, expiresAt: Timestamp) {
            self.principal = principal
            self.expiresAt = expiresAt
        }

        /// By a token of that session.
        init(_ account: Account, _ session: Session, expiresAt: Timestamp, isRemembered: Bool = true) {
            principal = Principal(account: account, proof: .session(session), expiresAt: expiresAt)
            self.expiresAt = expiresAt
            self.isRemembered = isRemembered
        }
    }

    /// Ours first, then those of the realm's other dialects, then those of the system before: what is ours never costs
    /// more for what is accepted beside it.
    private func believeAccess(_ text: Secret, _ caller: Caller, at now: Timestamp) async throws -> Outcome<Belief> {
        let outcome = try await believeOurs(text, terms.access.format, at: now)
        guard outcome.refusal?.isOfNoKnownToken ?? false else { return outcome }
        for format in siblingFormats(beside: terms.access.format, \.access.format) {
            let other = try await believeOurs(text, format, at: now)
            if !(other.refusal?.isOfNoKnownToken ?? false) { return other }
        }
        switch outcome.refusal?.code {
        case .invalidToken, .wrongTokenType:
            return try await believeAccepted(text, outcome.refusal ?? Refusal(.invalidToken), caller, at: now)
        default: return outcome
        }
    }

    private func believeOurs(
        _ text: Secret, _ format: TokenFormat, at now: Timestamp
    ) async throws -> Outcome<Belief> {
        let token: ReadToken
        switch read(text, as: .access, format, at: now) {
        case .refused(let refusal): return .refused(refusal)
        case .granted(let read): token = read
        }
        let digest = Self.digest(addressed(text))
        return try await store.read { reading in
            var token = token
            if token.session == nil {
                guard let record = try reading.accessToken(digest) else {
                    return .refused(try reading.refreshToken(digest) == nil ? .invalidToken : .wrongTokenType)
                }
                token.session = record.sessionID
                token.expiresAt = min(token.expiresAt ?? record.expiresAt, record.expiresAt)
            }
            guard let session = try token.session.flatMap({ try reading.session($0) }), session.ended == nil,
                let account = try reading.account(session.accountID), !account.disabled
            else { return .refused(.revokedToken) }
            if try isForeign(digest, in: session, reading) { return .refused(.invalidToken) }
            let end = min(token.expiresAt ?? session.expiresAt, session.expiresAt)
            guard now < end else { return .refused(.expiredToken) }
            return .granted(Belief(account, session, expiresAt: end))
        }
    }

    /// A refresh token that a contract carries like an access token: its session's principal. It is not used up.
    private func believeRefresh(_ text: Secret, at now: Timestamp) async throws -> Outcome<Belief> {
        if let refusal = try await recognise(refreshToken: text, at: now).refusal {
            return .refused(refusal.code == .expiredRefresh ? .expiredToken : .invalidToken)
        }
        return try await store.read { reading in
            guard let record = try reading.refreshToken(Self.digest(text)) else { return .refused(.invalidToken) }
            guard record.usedAt == nil, let session = try reading.session(record.sessionID), session.ended == nil,
                let account = try reading.account(session.accountID), !account.disabled
            else { return .refused(.revokedToken) }
            let end = min(record.expiresAt, session.expiresAt)
            guard now < end else { return .refused(.expiredToken) }
            // Not remembered, or it would pass for an access token the next time.
            return .granted(
                Belief(account, session, expiresAt: end, isRemembered: false))
        }
    }

    private func believeKey(_ text: Secret, at now: Timestamp) async throws -> Outcome<Belief> {
        guard let digest = readAPIKey(text) else { return .refused(.invalidToken) }
        return try await store.read { reading in
            guard let key = try reading.apiKey(digest) else { return .refused(.invalidToken) }
            guard key.revokedAt == nil, let account = try reading.account(key.accountID), !account.disabled
            else { return .refused(.revokedToken) }
            guard key.isLive(at: now) else { return .refused(.expiredToken) }
            let end = key.expiresAt ?? now + .days(1)
            return .granted(Belief(principal: Principal(account: account, proof: .apiKey(key)), expiresAt: end))
        }
    }
}
