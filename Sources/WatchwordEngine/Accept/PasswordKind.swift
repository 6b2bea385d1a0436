import WatchwordCore

/// How an account's password is kept: as this server makes hashes today, or as another did.
public enum PasswordKind: Hashable, Sendable {
    /// There is no password.
    case none
    case current
    /// By another system, or by this one with other parameters; the owner's next sign-in makes it current.
    case old(PasswordHashFormat)
    /// Of no kind that is known: nobody can sign in with it.
    case unknown

    /// The word for it in listings.
    public var text: String {
        switch self {
        case .none: "none"
        case .current: "current"
        case .old(let format): format.rawValue
        case .unknown: "unknown"
        }
    }
}

extension Engine {
    /// What every hash begins like that is made today: its algorithm and parameters. Found out by making one; nothing
    /// if there is no place for that in the queue.
    func hashOpening() async throws -> String? {
        guard let hash = try await hasher.hash(Secret(random.bytes(16))).output else { return nil }
        // `$argon2id$v=19$m=19456,t=2,p=1$SALT$HASH`
        let parts = hash.split(separator: "$", omittingEmptySubsequences: false)
        return parts.count == 6 ? parts[..<4].joined(separator: "$") + "$" : nil
    }

    func passwordKind(_ hash: String?, _ ours: String?) -> PasswordKind {
        guard let hash else { return .none }
        if let ours, hash.hasPrefix(ours) { return .current }
        return hasher.format(of: hash).map(PasswordKind.old) ?? .unknown
    }
}

extension Administration {
    /// How the passwords of these accounts are kept, in their order.
    public func passwordKinds(of accounts: [Account.ID]) async throws -> [PasswordKind] {
        let ours = try await engine.hashOpening()
        return try await engine.store.read { reading in
            try accounts.map { engine.passwordKind(try reading.passwordCredential(of: $0)?.hash, ours) }
        }
    }

    /// How many accounts have their password kept in which way. When none is old, everybody has signed in since
    /// the import.
    public func passwordKinds() async throws -> [PasswordKind: Int64] {
        let ours = try await engine.hashOpening()
        var counts: [PasswordKind: Int64] = [:]
        try await export { accounts in
            for exported in accounts { counts[engine.passwordKind(exported.password?.hash, ours), default: 0] += 1 }
        }
        return counts
    }
}
