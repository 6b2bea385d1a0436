import WatchwordCore
import WatchwordEngine

extension StoreContract {
    private static func arrival(_ node: String = "n1", seconds: Int64 = 0) -> AgentArrival {
        AgentArrival(
            node: node, at: Sample.now + .seconds(seconds), address: "192.0.2.7", version: "vsay-agent/1.0")
    }

    private static let moments = (now: Sample.now, soon: Sample.now + .seconds(5), later: Sample.now + .seconds(60))

    static let connections: [Case] = [
        Case("an agent that arrives is online while its node lives, and seen as long") { stores in
            try await stores.store.write { store in
                _ = try store.insert(Sample.account())
                for id in ["g1", "g2"] { try store.insert(Sample.agent(id)) }
                let ids: [Agent.ID] = [ID("g1"), ID("g2"), ID("none")]
                try store.noteArrival(of: ID("g1"), arrival())
                try same(try store.onlineAgents(among: ids, since: Sample.now - .seconds(15), except: "here"), [])
                try store.noteLife(of: "n1", at: moments.soon)
                try same(try store.onlineAgents(among: ids, since: Sample.now, except: "here"), [ID("g1")])
                try same(try store.onlineAgents(among: ids, since: Sample.now, except: "n1"), [])
                try same(try store.onlineAgents(among: ids, since: moments.soon, except: "here"), [])
                try same(try store.onlineAgents(among: [ID("g2")], since: Sample.now, except: "here"), [])
                try same(try store.onlineAgents(among: [], since: Sample.now, except: "here"), [])
                var seen = Sample.agent("g1")
                seen.lastSeenAt = moments.soon
                seen.lastAddress = "192.0.2.7"
                seen.version = "vsay-agent/1.0"
                seen.connectedAt = Sample.now
                try same(try store.agent(ID("g1")), seen)
            }
        },
        Case("an agent that leaves is offline, unless it has come again since or elsewhere") { stores in
            try await stores.store.write { store in
                _ = try store.insert(Sample.account())
                try store.insert(Sample.agent())
                for node in ["n1", "n2"] { try store.noteLife(of: node, at: Sample.now) }
                func isOnline() throws -> Bool {
                    try store.onlineAgents(among: [ID("g1")], since: Sample.now - .seconds(15), except: "here") == [
                        ID("g1")
                    ]
                }
                try store.noteArrival(of: ID("g1"), arrival())
                try store.noteArrival(of: ID("g1"), arrival(seconds: 1))
                try store.noteDeparture(of: ID("g1"), from: "n1", connectedAt: Sample.now, at: moments.soon)
                try same(try isOnline(), true)
                try store.noteArrival(of: ID("g1"), arrival("n2", seconds: 2))
                try store.noteDeparture(
                    of: ID("g1"), from: "n1", connectedAt: Sample.now + .seconds(2), at: moments.soon)
                try same(try isOnline(), true)
                try store.noteDeparture(
                    of: ID("g1"), from: "n2", connectedAt: Sample.now + .seconds(2), at: moments.later)
                try same(try isOnline(), false)
                try same(try store.agent(ID("g1"))?.lastSeenAt, moments.later)
            }
        },
        Case("a node that ends takes its agents along, and one that falls silent is swept a day later") { stores in
            try await stores.store.write { store in
                _ = try store.insert(Sample.account())
                for (agent, node) in [("g1", "n1"), ("g2", "n2"), ("g3", "n3")] {
                    try store.insert(Sample.agent(agent))
                    try store.noteArrival(of: ID(agent), arrival(node))
                    try store.noteLife(of: node, at: Sample.now)
                }
                try store.noteEnd(of: "n1", at: moments.later)
                let ids: [Agent.ID] = [ID("g1"), ID("g2"), ID("g3")]
                try same(
                    try store.onlineAgents(among: ids, since: Sample.now - .seconds(1), except: "here"),
                    [ID("g2"), ID("g3")])
                try same(try store.agent(ID("g1"))?.lastSeenAt, moments.later)
                try store.noteLife(of: "n2", at: moments.soon)
                try store.noteLife(of: "n3", at: Sample.now + .hours(23))
                try same(try store.removeExpired(at: moments.soon + .days(1), limit: 100), 1)
                try same(try store.agent(ID("g2"))?.lastSeenAt, moments.soon)
                try same(try store.onlineAgents(among: ids, since: Sample.now - .days(9), except: "here"), [ID("g3")])
            }
        },
        Case("agents are shared once with an account, listed behind its own, and unshared") { stores in
            try await stores.store.write { store in
                for id in ["a1", "a2", "a3"] { _ = try store.insert(Sample.account(id)) }
                for (id, owner) in [("g1", "a1"), ("g2", "a2"), ("g3", "a1"), ("g4", "a3")] {
                    try store.insert(Sample.agent(id, of: owner))
                }
                try same(try store.share(ID("g1"), with: ID("a2"), at: Sample.now), true)
                try same(try store.share(ID("g1"), with: ID("a2"), at: Sample.now), false)
                try same(try store.share(ID("g3"), with: ID("a2"), at: Sample.now), true)
                try same(try store.isShared(ID("g1"), with: ID("a2")), true)
                try same(try store.isShared(ID("g1"), with: ID("a3")), false)
                let all = try store.reachableAgents(of: ID("a2"), limit: 9, offset: 0)
                try same(all.map(\.id.text), ["g2", "g1", "g3"])
                try same(all.map(\.isShared), [false, true, true])
                try same(try store.reachableAgents(of: ID("a2"), limit: 1, offset: 1).map(\.id.text), ["g1"])
                try same(try store.reachableAgentCount(of: ID("a2")), 3)
                try same(try store.reachableAgentCount(of: ID("a1")), 2)
                try same(try store.share(ID("g1"), with: ID("a3"), at: Sample.now - .seconds(1)), true)
                let others = [Sample.account("a3"), Sample.account("a2")]
                try same(try store.accounts(sharing: ID("g1"), limit: 9), others)
                try same(try store.accounts(sharing: ID("g1"), limit: 1), [others[0]])
                try same(try store.accounts(sharing: ID("g2"), limit: 9), [])
                try same(try store.unshare(ID("g1"), with: ID("a3")), true)
                try same(try store.unshare(ID("g1"), with: ID("a2")), true)
                try same(try store.unshare(ID("g1"), with: ID("a2")), false)
                try same(try store.reachableAgents(of: ID("a2"), limit: 9, offset: 0).map(\.id.text), ["g2", "g3"])
            }
        },
        Case("a share goes with its agent and with its account") { stores in
            try await stores.store.write { store in
                for id in ["a1", "a2"] { _ = try store.insert(Sample.account(id)) }
                for id in ["g1", "g2"] {
                    try store.insert(Sample.agent(id))
                    _ = try store.share(ID(id), with: ID("a2"), at: Sample.now)
                }
                try store.delete(Agent.ID("g1"))
                try same(try store.reachableAgents(of: ID("a2"), limit: 9, offset: 0).map(\.id.text), ["g2"])
                try store.delete(Account.ID("a2"))
                try same(try store.isShared(ID("g2"), with: ID("a2")), false)
            }
        },
        Case("a ticket is read back whole, used once, and goes with its session") { stores in
            try await stores.store.write { store in
                _ = try store.insert(Sample.account())
                try store.insert(Sample.session())
                var bare = Sample.ticket(2)
                bare.origin = nil
                for ticket in [Sample.ticket(1), bare] {
                    try store.insert(ticket)
                    try same(try store.socketTicket(ticket.digest), ticket)
                }
                try same(try store.useSocketTicket(Sample.digest(1), at: Sample.now), true)
                try same(try store.useSocketTicket(Sample.digest(1), at: Sample.now), false)
                try same(try store.useSocketTicket(Sample.digest(9), at: Sample.now), false)
                try same(try store.socketTicket(Sample.digest(1))?.usedAt, Sample.now)
                try store.delete(Account.ID("a1"))
                try same(try store.socketTicket(Sample.digest(2)), nil)
            }
        },
        Case("tickets past their end are removed, used or not") { stores in
            try await stores.store.write { store in
                _ = try store.insert(Sample.account())
                try store.insert(Sample.session())
                try store.insert(Sample.ticket(1))
                try store.insert(Sample.ticket(2, seconds: 31))
                try same(try store.useSocketTicket(Sample.digest(1), at: Sample.now), true)
                try same(try store.removeExpired(at: Sample.now + .seconds(29), limit: 9), 0)
                try same(try store.removeExpired(at: Sample.now + .seconds(30), limit: 9), 1)
                try same(try store.socketTicket(Sample.digest(1)), nil)
                try same(try store.socketTicket(Sample.digest(2)), Sample.ticket(2, seconds: 31))
            }
        },
        Case("agents that connect, shares and tickets are seen by their realm only") { stores in
            for store in [stores.store, stores.other] {
                try await store.write { store in
                    for id in ["a1", "a2"] { _ = try store.insert(Sample.account(id)) }
                    try store.insert(Sample.session())
                    try store.insert(Sample.agent())
                    try store.insert(Sample.ticket(1))
                }
            }
            try await stores.store.write { store in
                try store.noteLife(of: "n1", at: Sample.now)
                try store.noteArrival(of: ID("g1"), arrival())
                _ = try store.share(ID("g1"), with: ID("a2"), at: Sample.now)
                _ = try store.useSocketTicket(Sample.digest(1), at: Sample.now)
                try store.announce(.agent(ID("g1")))
                try same(try store.changes(after: 0).map(\.change), [.agent(ID("g1"))])
            }
            try await stores.other.write { store in
                try store.noteArrival(of: ID("g1"), arrival())
                try same(try store.onlineAgents(among: [ID("g1")], since: Sample.now - .days(1), except: "here"), [])
                try store.noteEnd(of: "n1", at: moments.later)
                try same(try store.isShared(ID("g1"), with: ID("a2")), false)
                try same(try store.unshare(ID("g1"), with: ID("a2")), false)
                try same(try store.socketTicket(Sample.digest(1))?.usedAt, nil)
                try same(try store.agents(limit: 9, offset: 0).count, 1)
                try same(try store.changes(after: 0).count, 0)
            }
            try await stores.store.read { store in
                try same(
                    try store.onlineAgents(among: [ID("g1")], since: Sample.now - .seconds(1), except: "here"),
                    [ID("g1")])
            }
        },
    ]
}
