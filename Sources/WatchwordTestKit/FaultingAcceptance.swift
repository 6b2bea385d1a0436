import WatchwordCore
import WatchwordEngine

/// What is known of another system's tokens and accounts, counted.
extension FaultingReading {
    func acceptedToken(_ digest: TokenDigest) throws -> Timestamp? { try plan.pass { try base.acceptedToken(digest) } }
    func distrust(of account: Account.ID) throws -> Timestamp? { try plan.pass { try base.distrust(of: account) } }
    func importEntry(_ source: String) throws -> ImportEntry? { try plan.pass { try base.importEntry(source) } }
    func importRun(_ opening: TokenDigest) throws -> ImportRun? { try plan.pass { try base.importRun(opening) } }
    func accounts(after position: Int64, limit: Int64) throws -> [(position: Int64, account: Account)] {
        try plan.pass { try base.accounts(after: position, limit: limit) }
    }
}

extension FaultingTransaction {
    func acceptedToken(_ digest: TokenDigest) throws -> Timestamp? { try plan.pass { try base.acceptedToken(digest) } }
    func distrust(of account: Account.ID) throws -> Timestamp? { try plan.pass { try base.distrust(of: account) } }
    func importEntry(_ source: String) throws -> ImportEntry? { try plan.pass { try base.importEntry(source) } }
    func importRun(_ opening: TokenDigest) throws -> ImportRun? { try plan.pass { try base.importRun(opening) } }
    func accounts(after position: Int64, limit: Int64) throws -> [(position: Int64, account: Account)] {
        try plan.pass { try base.accounts(after: position, limit: limit) }
    }

    func acceptToken(_ digest: TokenDigest, rememberedUntil end: Timestamp) throws -> Bool {
        try plan.pass { try base.acceptToken(digest, rememberedUntil: end) }
    }
    func distrustTokens(of account: Account.ID, until moment: Timestamp) throws {
        try plan.pass { try base.distrustTokens(of: account, until: moment) }
    }
    func insert(_ entry: ImportEntry) throws { try plan.pass { try base.insert(entry) } }
    func save(_ run: ImportRun) throws { try plan.pass { try base.save(run) } }
    func advanceNumber(_ noun: String, past number: Int64) throws {
        try plan.pass { try base.advanceNumber(noun, past: number) }
    }
}
