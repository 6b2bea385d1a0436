import WatchwordCore
import WatchwordEngine

extension StoreContract {
    static let networks: [Case] = [
        Case("a network is the first of an account, then known; another one is new; each account has its own") {
            stores in
            try await stores.store.write { store in
                for id in ["a1", "a2"] { _ = try store.insert(Sample.account(id)) }
                func note(_ number: UInt8, _ account: String = "a1") throws -> NetworkStanding {
                    try store.noteNetwork(Sample.digest(number), of: ID(account), at: Sample.now, keeping: 32)
                }
                try same(try note(1), .first)
                try same(try note(1), .known)
                try same(try note(2), .new)
                try same(try note(2), .known)
                try same(try note(1), .known)
                try same(try note(1, "a2"), .first)
            }
        },
        Case("when an account was last noted at a network can be read: of that account, in that realm") { stores in
            try await stores.store.write { store in
                for id in ["a1", "a2"] { _ = try store.insert(Sample.account(id)) }
                try same(try store.networkSeen(Sample.digest(1), of: ID("a1")), nil)
                for seconds in [0, 5, 3] as [Int64] {
                    let moment = Sample.now + .seconds(seconds)
                    _ = try store.noteNetwork(Sample.digest(1), of: ID("a1"), at: moment, keeping: 32)
                }
                try same(try store.networkSeen(Sample.digest(1), of: ID("a1")), Sample.now + .seconds(5))
                try same(try store.networkSeen(Sample.digest(2), of: ID("a1")), nil)
                try same(try store.networkSeen(Sample.digest(1), of: ID("a2")), nil)
            }
            try await stores.other.write { store in
                _ = try store.insert(Sample.account())
                try same(try store.networkSeen(Sample.digest(1), of: ID("a1")), nil)
            }
        },
        Case("of an account's networks those seen last stay, the one just noted among them") { stores in
            try await stores.store.write { store in
                _ = try store.insert(Sample.account())
                func note(_ number: UInt8, _ seconds: Int64) throws -> NetworkStanding {
                    try store.noteNetwork(
                        Sample.digest(number), of: ID("a1"), at: Sample.now + .seconds(seconds), keeping: 3)
                }
                for number in 1...3 as ClosedRange<UInt8> { _ = try note(number, Int64(number)) }
                try same(try note(1, 10), .known)
                // An earlier moment makes nothing older.
                try same(try note(1, 0), .known)
                // The second was seen longest ago, and goes; one that is noted stays even with a clock that went back.
                try same(try note(4, 1), .new)
                try same(try note(1, 11), .known)
                try same(try note(3, 12), .known)
                try same(try note(4, 13), .known)
                try same(try note(2, 14), .new)
                try same(try note(1, 15), .new)
            }
        },
        Case("networks outlive sessions, go with their account, and are each realm's own") { stores in
            try await stores.store.write { store in
                _ = try store.insert(Sample.account())
                try store.insert(Sample.session())
                _ = try store.noteNetwork(Sample.digest(1), of: ID("a1"), at: Sample.now, keeping: 32)
                try same(try store.removeExpired(at: Sample.now + .days(3_650), limit: 100), 1)
                try same(try store.noteNetwork(Sample.digest(1), of: ID("a1"), at: Sample.now, keeping: 32), .known)
            }
            try await stores.other.write { store in
                _ = try store.insert(Sample.account())
                try same(try store.noteNetwork(Sample.digest(1), of: ID("a1"), at: Sample.now, keeping: 32), .first)
            }
            try await stores.store.write { store in
                try store.delete(Account.ID("a1"))
                _ = try store.insert(Sample.account())
                try same(try store.noteNetwork(Sample.digest(1), of: ID("a1"), at: Sample.now, keeping: 32), .first)
            }
        },
    ]
}
