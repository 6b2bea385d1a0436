import WatchwordCore

/// An account with what its owner proves himself by, for an export.
public struct ExportedAccount: Sendable {
    public var account: Account
    /// Nothing where there is none.
    public var password: PasswordCredential?
}

extension Administration {
    /// Every account in the order of creation, a page at a time, each with its password's hash. `body` runs outside
    /// of any transaction: what is signed up meanwhile comes at the end.
    public func export(page: Int64 = 500, _ body: ([ExportedAccount]) throws -> Void) async throws {
        var position: Int64 = 0
        while !Task.isCancelled {
            let from = position
            let (last, accounts) = try await engine.store.read { reading -> (Int64?, [ExportedAccount]) in
                let found = try reading.accounts(after: from, limit: page)
                let accounts = try found.map { _, account in
                    ExportedAccount(
                        account: account, password: try reading.passwordCredential(of: account.id))
                }
                return (found.last?.position, accounts)
            }
            guard let last else { return }
            try body(accounts)
            position = last
        }
    }

    /// Puts on record that accounts were exported, and whether their hashes left with them.
    public func recordExport(_ count: Int64, withHashes: Bool) async throws {
        let now = engine.clock.now()
        let detail = "\(count) accounts, \(withHashes ? "with" : "without") hashes"
        try await engine.store.write { transaction in
            try transaction.append(engine.event(.accountExport, Self.caller, at: now, detail: detail))
        }
    }

    /// How far an import of a file with this opening has come.
    public func importRun(_ opening: TokenDigest) async throws -> ImportRun? {
        try await engine.store.read { try $0.importRun(opening) }
    }
}
