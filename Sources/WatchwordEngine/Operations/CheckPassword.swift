import WatchwordCore

/// Passwords that come with each request, as in `Authorization: Basic` (RFC 7617).
extension Engine {
    /// How long a password that was verified is believed without another hash.
    private static let passwordMemory = Lifetime.seconds(60)

    /// How long after it was noted a network in use is noted again, so that it is not among those forgotten first.
    private static let networkMemory = Lifetime.days(1)

    /// A sign-in without a session: bounded, put on record and told like one. An unknown account costs what a wrong
    /// password costs; a good password is remembered for a minute at most and for one network, and forgotten with any
    /// change of its account. That minute over, a check reads; it writes only where the network is not one noted lately.
    func believePassword(
        _ credential: PresentedCredential, _ caller: Caller, at now: Timestamp
    ) async throws -> Outcome<Belief> {
        guard let owner = credential.owner else { return .refused(.invalidToken) }
        if let refusal = admit(.signIn, caller, at: now) { return .refused(refusal) }
        let key = Identifier.key(owner.text)
        if let refusal = admit(.signIn, caller, attemptAt: key, at: now) { return .refused(refusal) }
        let (account, enrolled, seen) = try await store.read { reading -> (Account?, PasswordCredential?, Timestamp?) in
            guard let account = try AccountName(owner, login: terms.accounts.login)?.find(in: reading)
            else { return (nil, nil, nil) }
            return (
                account, try reading.passwordCredential(of: account.id),
                try networkSeen(of: account.id, caller, in: reading)
            )
        }
        switch try await verify(credential.text, against: enrolled?.hash) {
        case .refused(let busy):
            throttle.abandoned(key, caller.address.network)
            return .refused(busy)
        case .granted(.right):
            guard let account, let enrolled else { break }
            throttle.succeeded(key, caller.address.network, at: now)
            guard !account.disabled, account.emailVerified || !terms.accounts.requireVerified else {
                return refused(.revokedToken, .signIn, caller, at: now, account: account.id)
            }
            if seen.map({ $0 + Self.networkMemory <= now }) ?? true {
                try await notePasswordUse(of: account.id, caller, at: now)
            }
            let principal = Principal(account: account, proof: .password(changedAt: enrolled.changedAt))
            return .granted(Belief(principal: principal, expiresAt: now + Self.passwordMemory))
        case .granted: break
        }
        throttle.failed(key, at: now)
        return refused(.invalidToken, .signIn, caller, at: now, account: account?.id)
    }

    /// Notes from where a password was used that has just been verified; its owner is told of a new network as of a
    /// sign-in there.
    private func notePasswordUse(of id: Account.ID, _ caller: Caller, at now: Timestamp) async throws {
        try await store.write { transaction in
            // It may have been deleted meanwhile.
            guard let account = try transaction.account(id),
                try noteNetwork(of: id, caller, at: now, in: transaction) == .new
            else { return }
            try transaction.append(
                event(.signIn, caller, at: now, account: id, detail: "password of a request, new network"))
            try notify(.newSignIn, account, by: caller, at: now, in: transaction)
        }
    }

    func rememberedPassword(_ credential: PresentedCredential, _ caller: Caller, at now: Timestamp) -> Principal? {
        guard let key = memoryKey(of: credential, as: .password, caller),
            let principal = memory.credentials.find(key, at: now), principal.proof.kind == .password,
            credential.owner?.isOwner(principal.account) == true
        else { return nil }
        return principal
    }

    /// Under what a credential is remembered. A password is no secret in a plain digest, so it goes under the realm's
    /// secret, and together with the name and the network it came with: so each network that it is used from is seen.
    /// Nothing for one that is not remembered.
    func memoryKey(
        of credential: PresentedCredential, as kind: PresentedCredential.Kind, _ caller: Caller
    ) -> CredentialKey? {
        guard kind == .password else { return CredentialKey(addressed(credential.text)) }
        guard let owner = credential.owner, credential.text.bytes.count <= InputReader.maximumBytes else { return nil }
        let parts = [
            caller.address.network, Identifier.key(owner.text), TextEncoding.hex.encode(credential.text.bytes),
        ]
        let label = "presented password" + parts.map { "/\($0.utf8.count):\($0)" }.joined()
        return CredentialKey(Secret(sealer.derive(label)))
    }
}

extension PresentedCredential {
    /// Whether its field can hold one of that kind.
    func canBe(_ kind: Kind) -> Bool { self.kind == kind || otherKinds.contains(kind) }
}

extension AccountName {
    /// The account that a field beside a password names; where the contract does not say how, as at sign-in.
    fileprivate init?(_ owner: PresentedCredential.Owner, login: [Identifier.Kind]) {
        switch owner.names {
        case .id: self = .id(ID(owner.text))
        case .email: self.init(email: owner.text)
        case .username: self.init(username: owner.text)
        case nil: self.init(identity: owner.text, login: login)
        }
    }
}
