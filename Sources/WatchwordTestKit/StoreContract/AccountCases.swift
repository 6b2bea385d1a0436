import WatchwordCore
import WatchwordEngine

extension StoreContract {
    static let accounts: [Case] = [
        Case("an account is read back whole, by id and by either identifier in any case") { stores in
            var account = Sample.account(email: "Ada@Example.com", username: "AdaL")
            account.emailVerified = true
            account.role = "admin"
            account.disabled = true
            account.usageCount = 5
            try same(try await stores.store.write { [account] in try $0.insert(account) }, nil)
            try await stores.store.read { [account] store in
                try same(try store.account(account.id), account)
                try same(try store.account(.email(" ada@EXAMPLE.com")), account)
                try same(try store.account(.username("ADAL")), account)
                try same(try store.account(.username("ada@example.com")), nil)
                try same(try store.account(Account.ID("a2")), nil)
            }
        },
        Case("an identifier that another account has is named and nothing is inserted") { stores in
            _ = try await stores.store.write { try $0.insert(Sample.account(username: "ada")) }
            try await stores.store.write { store in
                try same(try store.insert(Sample.account("a2", email: "A1@EXAMPLE.COM")), .email)
                try same(try store.insert(Sample.account("a2", username: "ADA")), .username)
                try same(try store.accountCount(), 1)
                try same(try store.insert(Sample.account("a2", username: "bob")), nil)
            }
            try same(try await stores.store.read { try $0.accountCount() }, 2)
        },
        Case("accounts without an identifier do not take it from each other") { stores in
            try await stores.store.write { store in
                for id in ["a1", "a2"] {
                    var account = Sample.account(id)
                    account.email = nil
                    try same(try store.insert(account), nil)
                }
            }
        },
        Case("an update writes all but the uses, and names an identifier that is taken") { stores in
            try await stores.store.write { store in
                _ = try store.insert(Sample.account())
                _ = try store.insert(Sample.account("a2"))
                try store.addUsage(4, to: ID("a1"))
                var account = Sample.account(email: "new@example.com", username: "new")
                account.fields = ["plan": .string("pro")]
                account.name = nil
                account.usageLimit = nil
                account.updatedAt = Sample.now + .hours(1)
                account.usageCount = 99
                try same(try store.update(account), nil)
                account.usageCount = 4
                try same(try store.account(account.id), account)
                try same(try store.account(.email("a1@example.com")), nil)
                try same(try store.update(Sample.account("a2", email: "NEW@example.com")), .email)
                try same(try store.update(Sample.account("a2", username: "NEW")), .username)
                try same(try store.account(ID("a2")), Sample.account("a2"))
            }
        },
        Case("accounts come in order of creation, by pages") { stores in
            let ids = ["b", "a", "10", "9", "c"]
            try await stores.store.write { store in
                for id in ids { _ = try store.insert(Sample.account(id)) }
            }
            try await stores.store.read { store in
                try same(try store.accounts(limit: 10, offset: 0).map(\.id.text), ids)
                try same(try store.accounts(limit: 2, offset: 1).map(\.id.text), ["a", "10"])
            }
        },
        Case("accounts are found by how address, username or name begins, in any case, by pages") { stores in
            try await stores.store.write { store in
                _ = try store.insert(Sample.account("a1", email: "Ann@example.com", username: "zed"))
                _ = try store.insert(Sample.account("a2", email: "bob@example.com", username: "ANNA"))
                var third = Sample.account("a3", email: "carl@example.com")
                third.name = "Änne Berg"
                _ = try store.insert(third)
                var fourth = Sample.account("a4", email: "dora@example.com")
                fourth.name = nil
                _ = try store.insert(fourth)
                fourth.name = "Annette"
                _ = try store.update(fourth)
            }
            _ = try await stores.other.write { try $0.insert(Sample.account("b1", email: "ann@example.com")) }
            try await stores.store.read { store in
                func found(_ prefix: String, limit: Int64 = 10, offset: Int64 = 0) throws -> [String] {
                    try store.accounts(startingWith: prefix, limit: limit, offset: offset).map(\.id.text)
                }
                try same(try found("ann"), ["a1", "a2", "a4"])
                try same(try found("ann", limit: 1, offset: 1), ["a2"])
                try same(try store.accountCount(startingWith: "ann"), 3)
                try same(try found("änne b"), ["a3"])
                try same(try found("anna"), ["a2"])
                try same(try found("ada"), ["a1", "a2"])
                for nobody in ["nn", "%", "_nn", "ann%", "ann@example.com.", "annz"] {
                    try same(try found(nobody), [])
                    try same(try store.accountCount(startingWith: nobody), 0)
                }
            }
        },
        Case("uses add up") { stores in
            _ = try await stores.store.write { try $0.insert(Sample.account()) }
            for count in [3, 4] as [Int64] {
                try await stores.store.write { try $0.addUsage(count, to: ID("a1")) }
            }
            try same(try await stores.store.read { try $0.account(ID("a1"))?.usageCount }, 7)
        },
        Case("a password is set only over the version it replaces") { stores in
            func password(_ hash: String, _ version: Int64) -> PasswordCredential {
                PasswordCredential(accountID: ID("a1"), hash: hash, version: version, changedAt: Sample.now)
            }
            let (first, second, third) = (password("h1", 1), password("h2", 2), password("h3", 3))
            try await stores.store.write { store in
                _ = try store.insert(Sample.account())
                try same(try store.setPassword(second, replacing: 1), false)
                try same(try store.setPassword(first, replacing: nil), true)
                try same(try store.setPassword(second, replacing: nil), false)
                try same(try store.setPassword(second, replacing: 1), true)
                try same(try store.setPassword(third, replacing: 1), false)
                try same(try store.passwordCredential(of: ID("a1")), second)
            }
        },
        Case("deleting an account takes all that hangs on it and leaves the audit") { stores in
            try await stores.store.write { store in
                _ = try store.insert(Sample.account())
                _ = try store.setPassword(
                    PasswordCredential(accountID: ID("a1"), hash: "h", version: 1, changedAt: Sample.now),
                    replacing: nil)
                try store.insert(Sample.session())
                try store.insert(Sample.accessToken(1, second: 1))
                try store.insert(
                    RefreshTokenRecord(
                        digest: Sample.digest(2), sessionID: ID("s1"), expiresAt: Sample.now + .hours(1)))
                try store.insert(Sample.oneTimeToken(3))
                try store.insert(Sample.agent())
                try store.insert(Sample.key(agent: "g1"))
                try store.insert(Sample.mail())
                try store.append(AuditEvent(at: Sample.now, kind: .signUp, accountID: ID("a1"), address: "cli"))
                try store.delete(Account.ID("a1"))
            }
            try await stores.store.read { store in
                try same(try store.account(Account.ID("a1")), nil)
                try same(try store.passwordCredential(of: ID("a1")), nil)
                try same(try store.session(ID("s1")), nil)
                try same(try store.accessToken(Sample.digest(1)), nil)
                try same(try store.refreshToken(Sample.digest(2)), nil)
                try same(try store.oneTimeToken(Sample.digest(3)), nil)
                try same(try store.agent(ID("g1")), nil)
                try same(try store.apiKey(Sample.digest(1)), nil)
                try same(try store.mail(ID("m1")), nil)
                try same(try store.auditEvents(of: ID("a1"), limit: 9).count, 1)
            }
        },
    ]
}
