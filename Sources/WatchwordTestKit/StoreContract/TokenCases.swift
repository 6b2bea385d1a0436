import WatchwordCore
import WatchwordEngine

extension StoreContract {
    static let tokens: [Case] = [
        Case("an access token is found by its digest") { stores in
            try await stores.store.write { store in
                try prepare(store)
                let token = Sample.accessToken(1, second: 100)
                try store.insert(token)
                try same(try store.accessToken(token.digest), token)
                try same(try store.accessToken(Sample.digest(2)), nil)
            }
        },
        Case("the free second is the latest one not taken, across runs and gaps") { stores in
            try await stores.store.write { store in
                try prepare(store)
                try same(try store.freeIssueSecond(of: ID("a1"), notAfter: 100), 100)
                for (number, second) in [(1, 100), (2, 99), (3, 98), (4, 95), (5, 101)] as [(UInt8, Int64)] {
                    try store.insert(Sample.accessToken(number, second: second))
                }
                try same(try store.freeIssueSecond(of: ID("a1"), notAfter: 102), 102)
                try same(try store.freeIssueSecond(of: ID("a1"), notAfter: 101), 97)
                try same(try store.freeIssueSecond(of: ID("a1"), notAfter: 99), 97)
                try same(try store.freeIssueSecond(of: ID("a1"), notAfter: 96), 96)
                try same(try store.freeIssueSecond(of: ID("a1"), notAfter: 95), 94)
                try same(try store.freeIssueSecond(of: ID("a2"), notAfter: 100), 100)
            }
        },
        Case("a refresh token is used once, with its successor") { stores in
            try await stores.store.write { store in
                try prepare(store)
                var token = RefreshTokenRecord(
                    digest: Sample.digest(1), sessionID: ID("s1"), expiresAt: Sample.now + .days(7))
                try store.insert(token)
                try same(try store.refreshToken(token.digest), token)
                try same(try store.useRefreshToken(token.digest, at: Sample.now, successor: [1, 2]), true)
                try same(try store.useRefreshToken(token.digest, at: Sample.now + .hours(1), successor: nil), false)
                token.usedAt = Sample.now
                token.successor = [1, 2]
                try same(try store.refreshToken(token.digest), token)
                try same(try store.useRefreshToken(Sample.digest(9), at: Sample.now, successor: nil), false)
            }
        },
        Case("of many who use one refresh token at once, one succeeds") { stores in
            try await stores.store.write { store in
                try prepare(store)
                try store.insert(
                    RefreshTokenRecord(
                        digest: Sample.digest(1), sessionID: ID("s1"), expiresAt: Sample.now + .days(7)))
            }
            let successes = try await among(40) { _ in
                try await stores.store.write {
                    try $0.useRefreshToken(Sample.digest(1), at: Sample.now, successor: nil)
                }
            }
            try same(successes, 1)
        },
        Case("a one-time token is used once") { stores in
            try await stores.store.write { store in
                try prepare(store)
                let token = Sample.oneTimeToken(1)
                try store.insert(token)
                try same(try store.oneTimeToken(token.digest), token)
            }
            let successes = try await among(40) { _ in
                try await stores.store.write { try $0.useOneTimeToken(Sample.digest(1), at: Sample.now) }
            }
            try same(successes, 1)
            try same(try await stores.store.read { try $0.oneTimeToken(Sample.digest(1))?.usedAt }, Sample.now)
        },
        Case("an account's unused token of a purpose is found without its digest, the newest first") { stores in
            try await stores.store.write { store in
                try prepare(store)
                _ = try store.insert(Sample.account("a2"))
                try store.insert(Sample.oneTimeToken(1, .verify))
                try same(try store.oneTimeToken(of: ID("a1"), purpose: .reset), nil)
                try store.insert(Sample.oneTimeToken(2))
                var newer = Sample.oneTimeToken(3)
                newer.createdAt = Sample.now + .seconds(1)
                try store.insert(newer)
                try same(try store.oneTimeToken(of: ID("a1"), purpose: .reset), newer)
                try same(try store.oneTimeToken(of: ID("a2"), purpose: .reset), nil)
                _ = try store.useOneTimeToken(Sample.digest(3), at: Sample.now)
                try same(try store.oneTimeToken(of: ID("a1"), purpose: .reset)?.digest, Sample.digest(2))
            }
        },
        Case("wrong guesses add up, and the last one allowed uses the token up") { stores in
            try await stores.store.write { store in
                try prepare(store)
                try store.insert(Sample.oneTimeToken(1))
                try store.insert(Sample.oneTimeToken(2, .verify))
                for guess in 1...3 {
                    try same(try store.oneTimeToken(Sample.digest(1))?.usedAt, nil)
                    try store.failOneTimeToken(
                        of: ID("a1"), purpose: .reset, limit: 3, at: Sample.now + .seconds(Int64(guess)))
                }
                try same(try store.oneTimeToken(Sample.digest(1))?.usedAt, Sample.now + .seconds(3))
                try store.failOneTimeToken(of: ID("a1"), purpose: .reset, limit: 3, at: Sample.now + .hours(1))
                try same(try store.oneTimeToken(Sample.digest(1))?.usedAt, Sample.now + .seconds(3))
                try same(try store.oneTimeToken(Sample.digest(2))?.usedAt, nil)
                try store.insert(Sample.oneTimeToken(3))
                try store.failOneTimeToken(of: ID("a1"), purpose: .reset, limit: 3, at: Sample.now)
                try same(try store.oneTimeToken(Sample.digest(3))?.usedAt, nil)
            }
        },
        Case("voiding takes the account's unused tokens of that purpose and no others") { stores in
            try await stores.store.write { store in
                try prepare(store)
                try store.insert(Sample.oneTimeToken(1))
                try store.insert(Sample.oneTimeToken(2, .verify))
                try store.insert(Sample.oneTimeToken(3))
                _ = try store.useOneTimeToken(Sample.digest(3), at: Sample.now)
                try store.voidOneTimeTokens(of: ID("a1"), purpose: .reset, at: Sample.now + .hours(1))
                try same(try store.useOneTimeToken(Sample.digest(1), at: Sample.now), false)
                try same(try store.useOneTimeToken(Sample.digest(2), at: Sample.now), true)
                try same(try store.oneTimeToken(Sample.digest(3))?.usedAt, Sample.now)
            }
        },
    ]

    /// An account `a1` with a session `s1`.
    private static func prepare(_ store: any StoreTransaction) throws {
        _ = try store.insert(Sample.account())
        try store.insert(Sample.session())
    }

    /// How many of so many tasks at once say yes.
    static func among(_ count: Int, _ attempt: @escaping @Sendable (Int) async throws -> Bool) async throws -> Int {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<count { group.addTask { try await attempt(number) } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }
}
