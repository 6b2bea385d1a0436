import WatchwordCore

extension Engine {
    /// Opens a socket: believes what is shown for it, sees whether it may reach the agent, enters it into
    /// `memory.connections`, and looks once more at what could have changed meanwhile. From the answer on, whatever
    /// ends what it rests on ends `connection`; `disconnect` has to be called when it is over.
    ///
    /// An agent's socket is that of the agent its key hangs on, or of the account's own agent that `opening` names; a
    /// person's is to an agent of the account or one shared with it, or to none. An agent that is unknown and one that
    /// may not be reached are alike `notFound`. Refuses also what `authenticate` does, `wrongTokenType` for a password,
    /// `forbidden` for an agent's socket that names no agent, `busy` and `rateLimited` at the bounds.
    public func connect(
        _ opening: ConnectionOpening, by proof: SocketProof, _ caller: Caller, _ connection: any LiveConnection
    ) async throws -> Outcome<ConnectionGrant> {
        let principal: Principal
        switch try await believe(proof, opening, caller) {
        case .refused(let refusal): return .refused(refusal)
        case .granted(let believed): principal = believed
        }
        let record: ConnectionRecord
        switch draft(opening, principal, caller) {
        case .refused(let refusal): return .refused(refusal)
        case .granted(let drafted): record = drafted
        }
        if let refusal = memory.connections.register(record, connection) { return .refused(refusal) }
        let outcome: Outcome<ConnectionGrant>
        do {
            outcome = try await confirm(record)
        } catch {
            memory.connections.remove(record)
            throw error
        }
        guard let granted = outcome.output else {
            memory.connections.remove(record)
            return outcome
        }
        memory.connections.note(end: granted.record.endsAt, of: record.proof, for: record)
        guard memory.connections.establish(record) else { return .refused(.revokedToken) }
        if let agent = record.agentID, record.role == .agent {
            memory.presence.arrive(agent, arrival(of: granted.record))
        }
        audit.record(
            event(record.role == .agent ? .agentConnect : .connectionOpen, granted.record, at: record.openedAt))
        return outcome
    }

    /// A new token in band: moves the socket to its session or key, and to its end. It must be of the same account; for
    /// an agent's socket a key that hangs on another agent is no good.
    ///
    /// Refuses what `authenticate` does, `wrongTokenType` for a password, and `invalidToken` for anybody else's; then
    /// everything stays as it was.
    public func reauthenticate(
        _ record: ConnectionRecord, by presented: [PresentedCredential], _ caller: Caller
    ) async throws -> Outcome<ConnectionRecord> {
        let principal: Principal
        switch try await authenticate(presented, caller) {
        case .refused(let refusal): return .refused(refusal)
        case .granted(let believed): principal = believed
        }
        guard principal.account.id == record.accountID else { return .refused(.invalidToken) }
        guard let proof = Self.proof(principal) else { return .refused(.wrongTokenType) }
        if let agent = principal.apiKey?.agentID, agent != record.agentID { return .refused(.invalidToken) }
        guard let before = memory.connections.current(record),
            let moved = memory.connections.change(
                record,
                { entry in
                    entry.record.proof = proof
                    entry.record.expiresAt = principal.expiresAt
                    entry.record.endsAt = principal.session?.expiresAt ?? principal.apiKey?.expiresAt
                })
        else { return .refused(.revokedToken) }
        do {
            let outcome = try await confirm(moved)
            guard let confirmed = outcome.output?.record else {
                moveBack(to: before)
                return .refused(outcome.refusal ?? Refusal(.revokedToken))
            }
            let settled = memory.connections.note(end: confirmed.endsAt, of: proof, for: moved)
            return settled.map { .granted($0) } ?? .refused(.revokedToken)
        } catch {
            moveBack(to: before)
            throw error
        }
    }

    /// The socket rests on what it did before, which nobody watched in between.
    private func moveBack(to before: ConnectionRecord) {
        memory.connections.change(before) { $0.record = before }
        memory.watch.add(before.concerns)
    }

    /// The connection is over: it leaves the registry, and that is noted. `cause` is the server's, if it was.
    public func disconnect(_ record: ConnectionRecord, cause: ConnectionEnd? = nil) {
        let now = clock.now()
        memory.connections.remove(record)
        if record.role == .agent, let agent = record.agentID,
            !memory.connections.isOnline(agent, in: realm.id)
        {
            memory.presence.depart(agent, connectedAt: record.openedAt, at: now)
        }
        var event = event(record.role == .agent ? .agentDisconnect : .connectionClose, record, at: now)
        if let cause { event.detail += ", \(cause.rawValue)" }
        audit.record(event)
    }

    // MARK: Pieces

    private func believe(
        _ proof: SocketProof, _ opening: ConnectionOpening, _ caller: Caller
    ) async throws -> Outcome<Principal> {
        switch proof {
        case .presented(let credentials): try await authenticate(credentials, caller)
        case .ticket(let text): try await redeem(text, path: opening.path, caller)
        }
    }

    private static func proof(_ principal: Principal) -> ConnectionRecord.Proof? {
        switch principal.proof {
        case .session(let session): .session(session.id)
        case .apiKey(let key): .apiKey(key.id)
        case .password: nil
        }
    }

    /// The record of a socket as far as it is known before the store is asked.
    private func draft(
        _ opening: ConnectionOpening, _ principal: Principal, _ caller: Caller
    ) -> Outcome<ConnectionRecord> {
        guard let proof = Self.proof(principal) else { return .refused(.wrongTokenType) }
        let named = opening.agentID.map { Agent.ID($0) }
        if let named, named.text.utf8.count > 128 { return .refused(.notFound) }
        var agent = named
        if let bound = principal.apiKey?.agentID {
            guard named ?? bound == bound else { return .refused(.notFound) }
            agent = bound
        }
        if opening.role == .agent, agent == nil { return .refused(.forbidden) }
        return .granted(
            ConnectionRecord(
                number: memory.connections.nextNumber(), realm: realm.id, route: opening.route,
                accountID: principal.account.id, agentID: agent, role: opening.role, proof: proof,
                address: caller.address, client: caller.userAgent, openedAt: clock.now(),
                expiresAt: principal.expiresAt,
                endsAt: principal.session?.expiresAt ?? principal.apiKey?.expiresAt))
    }

    /// What the store says of a socket that is registered, so that no change since can be missed.
    private func confirm(_ record: ConnectionRecord) async throws -> Outcome<ConnectionGrant> {
        let now = clock.now()
        return try await store.read { reading in
            var verifier = ConnectionVerifier(reading, at: now)
            switch try verifier.verify(record) {
            case .ended(.agentRemoved): return .refused(.notFound)
            case .ended: return .refused(.revokedToken)
            case .good(let standing):
                var record = record
                record.endsAt = standing.endsAt
                var grant = Grant()
                grant.user = shown(standing.account)
                grant.session = standing.session
                grant.apiKey = standing.apiKey.map { IssuedAPIKey(key: $0, secret: nil) }
                grant.agent = standing.agent
                grant.agent?.online = record.role == .agent
                return .granted(ConnectionGrant(grant: grant, record: record))
            }
        }
    }

    func event(_ kind: AuditEvent.Kind, _ record: ConnectionRecord, at now: Timestamp) -> AuditEvent {
        var session: Session.ID?
        if case .session(let id) = record.proof { session = id }
        let agent = record.agentID.map { "agent \($0), " } ?? ""
        return AuditEvent(
            at: now, kind: kind, accountID: record.accountID, sessionID: session, address: record.address.text,
            detail: "\(agent)connection \(record.number)")
    }
}
