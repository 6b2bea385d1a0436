import WatchwordCore

extension Engine {
    /// How long a ticket is good.
    static let ticketLifetime = Lifetime.seconds(30)
    static let ticketBytes = 32
    private static let longestPath = 1_024

    /// A ticket: 32 random bytes in base64url that open the socket of that path once, for the caller's session and
    /// from the same origin. The path begins with `/` and has no query; that a socket is there is for the listener to know.
    ///
    /// Refuses `wrongTokenType` to an API key, which is no session's; `validation`; `rateLimited`.
    func createTicket(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        let now = clock.now()
        guard let principal = caller.principal else { return .refused(.missingToken) }
        guard let session = principal.session else { return .refused(.wrongTokenType) }
        var inputs = InputReader(submission)
        let path = inputs.requiredText(.socket, maximum: Self.longestPath)
        if inputs.refusal == nil, !path.hasPrefix("/") || path.contains("?") || path.contains("#") {
            inputs.record(InputProblem(.socket, .choice))
        }
        if let refusal = inputs.refusal { return .refused(refusal) }
        if let refusal = admit(.ticketCreate, caller, at: now) { return .refused(refusal) }

        let text = Secret(TextEncoding.base64url.encode(random.bytes(Self.ticketBytes)))
        let end = now + Self.ticketLifetime
        return try await store.write { transaction in
            guard let account = try standing(principal, at: now, in: transaction) else {
                return .refused(.revokedToken)
            }
            try transaction.insert(
                SocketTicketRecord(
                    digest: Self.digest(text), sessionID: session.id, path: path, origin: caller.origin,
                    tokenExpiresAt: principal.expiresAt, expiresAt: end))
            var grant = Grant()
            grant.user = shown(account)
            grant.session = session
            grant.ticket = IssuedToken(text: text, issuedAt: now, expiresAt: end)
            return .granted(grant)
        }
    }
}
