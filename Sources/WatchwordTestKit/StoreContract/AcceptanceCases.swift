import WatchwordCore
import WatchwordEngine

extension StoreContract {
    static let acceptance: [Case] = [
        Case("a token taken over is one once, in its realm, until its memory ends") { stores in
            try await stores.store.write { store in
                let end = Sample.now + .hours(1)
                try same(try store.acceptedToken(Sample.digest(1)), nil)
                try same(try store.acceptToken(Sample.digest(1), rememberedUntil: end), true)
                try same(try store.acceptToken(Sample.digest(1), rememberedUntil: end + .hours(1)), false)
                try same(try store.acceptedToken(Sample.digest(1)), end)
                try same(try store.removeExpired(at: end - .seconds(1), limit: 100), 0)
                try same(try store.removeExpired(at: end, limit: 100), 1)
                try same(try store.acceptedToken(Sample.digest(1)), nil)
            }
            try await stores.store.write { store in
                _ = try store.acceptToken(Sample.digest(2), rememberedUntil: Sample.now)
            }
            try same(try await stores.other.read { try $0.acceptedToken(Sample.digest(2)) }, nil)
        },
        Case("a token taken over outlives its session and its account") { stores in
            try await stores.store.write { store in
                _ = try store.insert(Sample.account())
                try store.insert(Sample.session())
                try store.insert(Sample.accessToken(1, second: 1))
                _ = try store.acceptToken(Sample.digest(1), rememberedUntil: Sample.now + .days(9))
                try store.delete(ID<Account>("a1"))
                try same(try store.accessToken(Sample.digest(1)), nil)
                try same(try store.acceptedToken(Sample.digest(1)), Sample.now + .days(9))
            }
        },
        Case("distrust only grows, and goes with the account") { stores in
            try await stores.store.write { store in
                _ = try store.insert(Sample.account())
                try same(try store.distrust(of: ID("a1")), nil)
                try store.distrustTokens(of: ID("a1"), until: Sample.now)
                try store.distrustTokens(of: ID("a1"), until: Sample.now - .hours(1))
                try same(try store.distrust(of: ID("a1")), Sample.now)
                try store.distrustTokens(of: ID("a1"), until: Sample.now + .hours(1))
                try same(try store.distrust(of: ID("a1")), Sample.now + .hours(1))
                try store.delete(ID<Account>("a1"))
                try same(try store.distrust(of: ID("a1")), nil)
            }
        },
        Case("an import entry is found by its source, and stays when its account goes") { stores in
            let entry = ImportEntry(source: "7", digest: Sample.digest(1), accountID: ID("a1"))
            try await stores.store.write { store in
                _ = try store.insert(Sample.account())
                try store.insert(entry)
                try store.delete(ID<Account>("a1"))
                try same(try store.importEntry("7"), entry)
                try same(try store.importEntry("8"), nil)
            }
            try same(try await stores.other.read { try $0.importEntry("7") }, nil)
        },
        Case("the progress of an import is what was written last") { stores in
            try await stores.store.write { store in
                var run = ImportRun(
                    opening: Sample.digest(1), offset: 100, prefix: Sample.digest(2), line: 3, reported: 4,
                    counts: ImportCounts(imported: 1, present: 2, refused: 3, tokens: 4, endedTokens: 5))
                try store.save(run)
                try same(try store.importRun(run.opening), run)
                run.offset = 200
                run.prefix = Sample.digest(3)
                run.counts.imported = 9
                try store.save(run)
                try same(try store.importRun(run.opening), run)
                try same(try store.importRun(Sample.digest(9)), nil)
            }
        },
        Case("a counter goes past what import brought, and never back") { stores in
            try await stores.store.write { store in
                try store.advanceNumber("account", past: 41)
                try same(try store.nextNumber("account"), 42)
                try store.advanceNumber("account", past: 7)
                try same(try store.nextNumber("account"), 43)
                try same(try store.nextNumber("agent"), 1)
            }
        },
        Case("accounts come in order from behind a place") { stores in
            try await stores.store.write { store in
                for id in ["a1", "a2", "a3"] { _ = try store.insert(Sample.account(id)) }
                let first = try store.accounts(after: 0, limit: 2)
                try same(first.map(\.account.id.text), ["a1", "a2"])
                let rest = try store.accounts(after: first.last?.position ?? 0, limit: 2)
                try same(rest.map(\.account.id.text), ["a3"])
                try same(try store.accounts(after: rest.last?.position ?? 0, limit: 2).count, 0)
            }
        },
    ]
}
