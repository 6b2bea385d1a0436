import WatchwordCore
import WatchwordEngine

extension StoreContract {
    static let keys: [Case] = [
        Case("a key is read back whole, by id and by digest") { stores in
            try await stores.store.write { store in
                _ = try store.insert(Sample.account())
                try store.insert(Sample.agent())
                var key = Sample.key(agent: "g1")
                key.lastUsedAt = Sample.now
                key.rotatedAt = Sample.now
                try store.insert(key)
                try same(try store.apiKey(key.id), key)
                try same(try store.apiKey(key.digest), key)
                try same(try store.apiKey(Sample.digest(9)), nil)
            }
        },
        Case("keys are listed oldest first, without revoked ones, and by agent") { stores in
            try await stores.store.write { store in
                _ = try store.insert(Sample.account())
                try store.insert(Sample.agent())
                try store.insert(Sample.key("k2", digest: 1))
                try store.insert(Sample.key("k1", agent: "g1", digest: 2))
                try store.insert(Sample.key("k3", digest: 3))
                try same(try store.revokeAPIKey(ID("k3"), at: Sample.now), true)
                try same(try store.apiKeys(of: ID("a1"), agent: nil).map(\.id.text), ["k2", "k1"])
                try same(try store.apiKeys(of: ID("a1"), agent: ID("g1")).map(\.id.text), ["k1"])
                try same(try store.apiKeys(of: ID("a2"), agent: nil), [])
            }
        },
        Case("a key is revoked once, and an expired one was not live") { stores in
            try await stores.store.write { store in
                _ = try store.insert(Sample.account())
                try store.insert(Sample.key("k1", digest: 1))
                try store.insert(Sample.key("k2", digest: 2))
                var endless = Sample.key("k3", digest: 3)
                endless.expiresAt = nil
                try store.insert(endless)
                try same(try store.revokeAPIKey(ID("k1"), at: Sample.now), true)
                try same(try store.revokeAPIKey(ID("k1"), at: Sample.now + .hours(1)), false)
                try same(try store.apiKey(APIKey.ID("k1"))?.revokedAt, Sample.now)
                try same(try store.revokeAPIKey(ID("k2"), at: Sample.now + .days(30)), false)
                try same(try store.revokeAPIKey(ID("k3"), at: Sample.now + .days(9_999)), true)
                try same(try store.apiKeys(of: ID("a1"), agent: nil), [])
                try same(try store.revokeAPIKey(ID("none"), at: Sample.now), false)
            }
        },
        Case("a key gets one successor, and no longer a life by it") { stores in
            try await stores.store.write { store in
                _ = try store.insert(Sample.account())
                try store.insert(Sample.key("k1", digest: 1))
                try store.insert(Sample.key("k2", digest: 2))
                var endless = Sample.key("k3", digest: 3)
                endless.expiresAt = nil
                try store.insert(endless)
                let (now, soon) = (Sample.now, Sample.now + .hours(1))
                try same(try store.supersedeAPIKey(ID("k1"), at: now, until: soon), true)
                try same(try store.apiKey(APIKey.ID("k1"))?.expiresAt, soon)
                try same(try store.apiKey(APIKey.ID("k1"))?.rotatedAt, now)
                try same(try store.supersedeAPIKey(ID("k1"), at: now, until: soon), false)
                try same(try store.supersedeAPIKey(ID("k2"), at: now, until: now + .days(99)), true)
                try same(try store.apiKey(APIKey.ID("k2"))?.expiresAt, now + .days(30))
                try same(try store.supersedeAPIKey(ID("k3"), at: now, until: soon), true)
                try same(try store.apiKey(APIKey.ID("k3"))?.expiresAt, soon)
                try store.insert(Sample.key("k4", digest: 4))
                try same(try store.supersedeAPIKey(ID("k4"), at: now + .days(30), until: now + .days(31)), false)
                try same(try store.revokeAPIKey(ID("k4"), at: now), true)
                try same(try store.supersedeAPIKey(ID("k4"), at: now, until: soon), false)
                try same(try store.supersedeAPIKey(ID("none"), at: now, until: soon), false)
            }
        },
        Case("the time of last use never goes back") { stores in
            try await stores.store.write { store in
                _ = try store.insert(Sample.account())
                try store.insert(Sample.key())
                try store.touchAPIKey(ID("k1"), at: Sample.now + .hours(1))
                try store.touchAPIKey(ID("k1"), at: Sample.now)
                try same(try store.apiKey(APIKey.ID("k1"))?.lastUsedAt, Sample.now + .hours(1))
            }
        },
    ]

    static let agents: [Case] = [
        Case("agents are read, counted, changed and listed in order of creation by pages") { stores in
            try await stores.store.write { store in
                _ = try store.insert(Sample.account())
                for id in ["g2", "g1", "g3"] { try store.insert(Sample.agent(id)) }
                try same(try store.agents(of: ID("a1"), limit: 9, offset: 0).map(\.id.text), ["g2", "g1", "g3"])
                try same(try store.agents(of: ID("a1"), limit: 1, offset: 1).map(\.id.text), ["g1"])
                try same(try store.agentCount(of: ID("a1")), 3)
                try same(try store.agentCount(of: ID("a2")), 0)
                var agent = Sample.agent("g1")
                agent.name = "renamed"
                agent.lastSeenAt = Sample.now
                try store.update(agent)
                agent.lastSeenAt = nil
                try same(try store.agent(agent.id), agent)
                try same(try store.agents(limit: 2, offset: 1), [agent, Sample.agent("g3")])
            }
        },
        Case("an agent is removed with its keys") { stores in
            try await stores.store.write { store in
                _ = try store.insert(Sample.account())
                try store.insert(Sample.agent())
                try store.insert(Sample.key("k1", agent: "g1", digest: 1))
                try store.insert(Sample.key("k2", digest: 2))
                try store.delete(Agent.ID("g1"))
                try same(try store.agent(ID("g1")), nil)
                try same(try store.apiKeys(of: ID("a1"), agent: nil).map(\.id.text), ["k2"])
            }
        },
    ]
}
