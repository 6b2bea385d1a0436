import WatchwordCore

/// Looks at what open sockets rest on, in one snapshot of the store; what many share is looked up once.
struct ConnectionVerifier {
    enum Verdict: Sendable {
        case good(Standing)
        case ended(ConnectionEnd)
    }

    /// What the store says of a socket that stands.
    struct Standing: Sendable {
        var account: Account
        var agent: Agent?
        var session: Session?
        var apiKey: APIKey?

        var endsAt: Timestamp? { session.map(\.expiresAt) ?? apiKey?.expiresAt }
    }

    private let reading: any StoreReading
    private let now: Timestamp
    private var accounts: [Account.ID: Account?] = [:]
    private var sessions: [Session.ID: Session?] = [:]
    private var keys: [APIKey.ID: APIKey?] = [:]
    private var agents: [Agent.ID: Agent?] = [:]

    init(_ reading: any StoreReading, at now: Timestamp) {
        self.reading = reading
        self.now = now
    }

    mutating func verify(_ record: ConnectionRecord) throws -> Verdict {
        guard let account = try Self.find(record.accountID, &accounts, { [reading] in try reading.account($0) }),
            !account.disabled
        else { return .ended(.accountClosed) }
        var standing = Standing(account: account)
        switch record.proof {
        case .session(let id):
            standing.session = try Self.find(id, &sessions) { [reading] in try reading.session($0) }
            guard standing.session?.isLive(at: now) == true else { return .ended(.sessionEnded) }
        case .apiKey(let id):
            standing.apiKey = try Self.find(id, &keys) { [reading] in try reading.apiKey($0) }
            guard standing.apiKey?.isLive(at: now) == true else {
                // A key goes with its agent, and the agent is the reason then.
                return .ended(try agentIsGone(record) ? .agentRemoved : .keyEnded)
            }
        }
        guard let id = record.agentID else { return .good(standing) }
        guard var agent = try Self.find(id, &agents, { [reading] in try reading.agent($0) }) else {
            return .ended(.agentRemoved)
        }
        if agent.accountID != account.id {
            // Nobody is another's agent, but people reach agents that are shared with them.
            guard record.role == .person, try reading.isShared(id, with: account.id)
            else { return .ended(.agentRemoved) }
            agent.isShared = true
        }
        standing.agent = agent
        return .good(standing)
    }

    private mutating func agentIsGone(_ record: ConnectionRecord) throws -> Bool {
        guard let id = record.agentID else { return false }
        return try Self.find(id, &agents) { [reading] in try reading.agent($0) } == nil
    }

    private static func find<Key: Hashable, Noun>(
        _ key: Key, _ known: inout [Key: Noun?], _ read: (Key) throws -> Noun?
    ) rethrows -> Noun? {
        if let noun = known[key] { return noun }
        let noun = try read(key)
        known[key] = .some(noun)
        return noun
    }
}
