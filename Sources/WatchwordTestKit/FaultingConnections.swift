import WatchwordCore
import WatchwordEngine

/// What is known of agents that connect, counted.
extension FaultingReading {
    func agents(limit: Int64, offset: Int64) throws -> [Agent] {
        try plan.pass { try base.agents(limit: limit, offset: offset) }
    }
    func reachableAgents(of account: Account.ID, limit: Int64, offset: Int64) throws -> [Agent] {
        try plan.pass { try base.reachableAgents(of: account, limit: limit, offset: offset) }
    }
    func reachableAgentCount(of account: Account.ID) throws -> Int64 {
        try plan.pass { try base.reachableAgentCount(of: account) }
    }
    func isShared(_ agent: Agent.ID, with account: Account.ID) throws -> Bool {
        try plan.pass { try base.isShared(agent, with: account) }
    }
    func accounts(sharing agent: Agent.ID, limit: Int64) throws -> [Account] {
        try plan.pass { try base.accounts(sharing: agent, limit: limit) }
    }
    func onlineAgents(
        among ids: [Agent.ID], since moment: Timestamp, except node: String
    ) throws -> Set<Agent.ID> {
        try plan.pass { try base.onlineAgents(among: ids, since: moment, except: node) }
    }
    func socketTicket(_ digest: TokenDigest) throws -> SocketTicketRecord? {
        try plan.pass { try base.socketTicket(digest) }
    }
}

extension FaultingTransaction {
    func agents(limit: Int64, offset: Int64) throws -> [Agent] {
        try plan.pass { try base.agents(limit: limit, offset: offset) }
    }
    func reachableAgents(of account: Account.ID, limit: Int64, offset: Int64) throws -> [Agent] {
        try plan.pass { try base.reachableAgents(of: account, limit: limit, offset: offset) }
    }
    func reachableAgentCount(of account: Account.ID) throws -> Int64 {
        try plan.pass { try base.reachableAgentCount(of: account) }
    }
    func isShared(_ agent: Agent.ID, with account: Account.ID) throws -> Bool {
        try plan.pass { try base.isShared(agent, with: account) }
    }
    func accounts(sharing agent: Agent.ID, limit: Int64) throws -> [Account] {
        try plan.pass { try base.accounts(sharing: agent, limit: limit) }
    }
    func onlineAgents(
        among ids: [Agent.ID], since moment: Timestamp, except node: String
    ) throws -> Set<Agent.ID> {
        try plan.pass { try base.onlineAgents(among: ids, since: moment, except: node) }
    }
    func socketTicket(_ digest: TokenDigest) throws -> SocketTicketRecord? {
        try plan.pass { try base.socketTicket(digest) }
    }

    func share(_ agent: Agent.ID, with account: Account.ID, at now: Timestamp) throws -> Bool {
        try plan.pass { try base.share(agent, with: account, at: now) }
    }
    func unshare(_ agent: Agent.ID, with account: Account.ID) throws -> Bool {
        try plan.pass { try base.unshare(agent, with: account) }
    }
    func noteArrival(of agent: Agent.ID, _ arrival: AgentArrival) throws {
        try plan.pass { try base.noteArrival(of: agent, arrival) }
    }
    func noteDeparture(of agent: Agent.ID, from node: String, connectedAt: Timestamp, at now: Timestamp) throws {
        try plan.pass { try base.noteDeparture(of: agent, from: node, connectedAt: connectedAt, at: now) }
    }
    func noteLife(of node: String, at now: Timestamp) throws {
        try plan.pass { try base.noteLife(of: node, at: now) }
    }
    func noteEnd(of node: String, at now: Timestamp) throws { try plan.pass { try base.noteEnd(of: node, at: now) } }
    func insert(_ ticket: SocketTicketRecord) throws { try plan.pass { try base.insert(ticket) } }
    func useSocketTicket(_ digest: TokenDigest, at now: Timestamp) throws -> Bool {
        try plan.pass { try base.useSocketTicket(digest, at: now) }
    }
}
