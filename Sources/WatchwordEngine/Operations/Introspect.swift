import WatchwordCore

extension Engine {
    /// Whether a token or key of this realm is good now, and whose (RFC 7662). One that is not, whatever the reason, is
    /// inactive and no more is told of it (section 2.2); links that travel by mail are none. Nothing is used up.
    ///
    /// A caller learns of its own tokens; of other accounts' only with an API key, as a service has one, or in one of
    /// the contract's roles that see others: else anybody could try out tokens that were found (section 4). Where a
    /// route asks nobody who they are, the token is its own proof: a bad one is refused like any credential.
    func introspect(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        let now = clock.now()
        var inputs = InputReader(submission)
        guard caller.principal != nil || inputs.expects(.token) else { return .refused(.missingToken) }
        let token = inputs.requiredSecret(.token)
        if let refusal = inputs.refusal { return .refused(refusal) }
        if caller.principal == nil, let refusal = admit(.introspect, caller, at: now) { return .refused(refusal) }
        let found = try await Administration(self).inspect(token)
        var grant = Grant()
        grant.active = false
        guard let kind = found.kind, kind == .access || kind == .refresh || kind == .apiKey,
            let account = found.account, found.refusal == nil
        else {
            guard caller.principal == nil else { return .granted(grant) }
            return refused(Self.asCredential(found.refusal), .introspect, caller, at: now)
        }
        if let principal = caller.principal, principal.account.id != account.id, principal.apiKey == nil,
            !isAdministrator(principal)
        {
            return .granted(grant)
        }
        grant.active = true
        grant.user = shown(account)
        grant.session = found.session
        if let key = found.apiKey {
            grant.apiKey = IssuedAPIKey(key: key, secret: nil)
        } else {
            let end = found.expiresAt ?? found.session?.expiresAt ?? now
            grant.access = IssuedToken(text: token, issuedAt: found.issuedAt ?? now, expiresAt: end)
        }
        return .granted(grant)
    }

    /// Why a token opens nothing, in the words of authentication.
    private static func asCredential(_ code: RefusalCode?) -> RefusalCode {
        switch code {
        case .expiredToken, .expiredRefresh: .expiredToken
        case .revokedToken: .revokedToken
        default: .invalidToken
        }
    }
}
