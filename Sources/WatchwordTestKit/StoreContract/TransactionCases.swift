import WatchwordCore
import WatchwordEngine

extension StoreContract {
    private struct Trouble: Error {}

    static let transactions: [Case] = [
        Case("a body that throws leaves nothing behind and throws its own error") { stores in
            do {
                try await stores.store.write { store in
                    _ = try store.insert(Sample.account())
                    try store.insert(Sample.session())
                    throw Trouble()
                }
                throw Breach(description: "the error did not come through")
            } catch is Trouble {}
            try same(try await stores.store.read { try $0.accountCount() }, 0)
        },
        Case("a failing write takes no other with it, whatever arrives together") { stores in
            let kept = try await among(60) { number in
                do {
                    try await stores.store.write { store in
                        _ = try store.insert(Sample.account("a\(number)"))
                        if number % 3 == 0 { throw Trouble() }
                    }
                    return true
                } catch is Trouble {
                    return false
                }
            }
            try same(kept, 40)
            let ids = try await stores.store.read { try $0.accounts(limit: 99, offset: 0).map(\.id.text) }
            try same(Set(ids), Set((0..<60).filter { $0 % 3 != 0 }.map { "a\($0)" }))
        },
        Case("a write sees its own changes, and a read after it sees them too") { stores in
            for number in 1...20 {
                _ = try await stores.store.write { store in
                    _ = try store.insert(Sample.account("a\(number)"))
                    try same(try store.accountCount(), Int64(number))
                }
                try same(try await stores.store.read { try $0.accountCount() }, Int64(number))
            }
        },
        Case("a read is one snapshot while others write") { stores in
            _ = try await stores.store.write { try $0.insert(Sample.account()) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for _ in 0..<50 {
                        // Both facts change together, so no reader may see one without the other.
                        try await stores.store.write { store in
                            try store.addUsage(1, to: ID("a1"))
                            try store.announce(.account(ID("a1")))
                        }
                    }
                }
                for _ in 0..<50 {
                    let (uses, changes) = try await stores.store.read { store in
                        (try store.account(Account.ID("a1"))?.usageCount, try store.changes(after: 0).count)
                    }
                    try same(uses, Int64(changes))
                }
                try await group.waitForAll()
            }
        },
        Case("numbers count from 1 by noun, are never kept twice, and a failed write gives its number back") { stores in
            let numbers = try await withThrowingTaskGroup(of: Int64.self) { group in
                for _ in 0..<50 { group.addTask { try await stores.store.write { try $0.nextNumber("account") } } }
                return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
            }
            try same(numbers, Set(1...50))
            try same(try await stores.store.write { try $0.nextNumber("agent") }, 1)
            try? await stores.store.write { store in
                _ = try store.nextNumber("agent")
                throw Trouble()
            }
            try same(try await stores.store.write { try $0.nextNumber("agent") }, 2)
        },
        Case("realms see nothing of each other, with the same ids, identifiers and digests") { stores in
            for store in [stores.store, stores.other] {
                try await store.write { store in
                    try same(try store.insert(Sample.account(username: "ada")), nil)
                    try store.insert(Sample.session())
                    try store.insert(Sample.accessToken(1, second: 1))
                    try store.insert(Sample.oneTimeToken(1))
                    try store.insert(Sample.agent())
                    try store.insert(Sample.key())
                    try store.insert(Sample.mail())
                    try store.append(AuditEvent(at: Sample.now, kind: .signUp, accountID: ID("a1"), address: "cli"))
                    try store.announce(.account(ID("a1")))
                    try same(try store.nextNumber("account"), 1)
                }
            }
            try await stores.other.write { store in
                _ = try store.endSession(ID("s1"), Session.End(at: Sample.now, reason: .revoked))
                _ = try store.revokeAPIKey(ID("k1"), at: Sample.now)
                _ = try store.useOneTimeToken(Sample.digest(1), at: Sample.now)
                try store.addUsage(9, to: ID("a1"))
                try store.delete(Account.ID("a1"))
            }
            try await stores.store.read { store in
                try same(try store.account(.username("ada")), Sample.account(username: "ada"))
                try same(try store.session(ID("s1")), Sample.session())
                try same(try store.accessToken(Sample.digest(1)) != nil, true)
                try same(try store.oneTimeToken(Sample.digest(1))?.usedAt, nil)
                try same(try store.agent(ID("g1")), Sample.agent())
                try same(try store.apiKey(Sample.digest(1)), Sample.key())
                try same(try store.mail(ID("m1")), Sample.mail())
                try same(try store.auditEvents(of: nil, limit: 9).count, 1)
                try same(try store.changes(after: 0).count, 1)
            }
            try same(try await stores.other.read { try $0.accountCount() }, 0)
        },
        Case("text is kept as it is: quotes, NUL-free Unicode, and what looks like a parameter") { stores in
            let name = "Zoë O'Brien \"$1\" ?1 -- 💥 \u{202E}; DROP TABLE account"
            var account = Sample.account()
            account.name = name
            account.fields = ["text": .string(name), "tree": .array([.bool(true), .double(1.5), .null])]
            try await stores.store.write { [account] in _ = try $0.insert(account) }
            try same(try await stores.store.read { try $0.account(Account.ID("a1")) }, account)
        },
    ]
}
