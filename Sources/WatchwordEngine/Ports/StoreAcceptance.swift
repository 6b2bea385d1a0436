import WatchwordCore

/// What is known of tokens and accounts that another system made.
public protocol AcceptanceReading {
    /// Until when a token of another system is remembered as one that was taken over; nothing if it never was.
    func acceptedToken(_ digest: TokenDigest) throws -> Timestamp?
    /// The moment up to which another system's tokens for this account are refused, unless they were taken over before.
    func distrust(of account: Account.ID) throws -> Timestamp?
    /// What was imported under that id of the other system.
    func importEntry(_ source: String) throws -> ImportEntry?
    /// How far the import of a file with this opening has come.
    func importRun(_ opening: TokenDigest) throws -> ImportRun?
    /// Accounts with their places in the order of creation, from behind that place on.
    func accounts(after position: Int64, limit: Int64) throws -> [(position: Int64, account: Account)]
}

/// What can be changed of it.
public protocol AcceptanceTransaction {
    /// Remembers a token of another system as taken over; says whether it was not before.
    func acceptToken(_ digest: TokenDigest, rememberedUntil end: Timestamp) throws -> Bool
    /// Refuses what another system issued for this account up to that moment; an earlier moment changes nothing.
    func distrustTokens(of account: Account.ID, until moment: Timestamp) throws
    func insert(_ entry: ImportEntry) throws
    /// Writes how far an import has come, in place of what was written before.
    func save(_ run: ImportRun) throws
    /// Makes the next number of that noun a later one than this.
    func advanceNumber(_ noun: String, past number: Int64) throws
}

/// An account that came from another system: by this an import that is run again knows what is in already.
public struct ImportEntry: Hashable, Sendable {
    /// The id of the other system, or what stands in for it.
    public var source: String
    /// Of the whole record as it was written.
    public var digest: TokenDigest
    public var accountID: Account.ID

    public init(source: String, digest: TokenDigest, accountID: Account.ID) {
        self.source = source
        self.digest = digest
        self.accountID = accountID
    }
}

/// How far the import of one file has come: written with each batch, in its transaction.
public struct ImportRun: Hashable, Sendable {
    /// Of the first bytes of the file, by which it is found again.
    public var opening: TokenDigest
    /// Bytes read and dealt with, and their digest.
    public var offset: Int64
    public var prefix: TokenDigest
    /// Lines in them.
    public var line: Int64
    /// Bytes of the report written by then.
    public var reported: Int64
    public var counts: ImportCounts

    public init(
        opening: TokenDigest, offset: Int64, prefix: TokenDigest, line: Int64, reported: Int64, counts: ImportCounts
    ) {
        self.opening = opening
        self.offset = offset
        self.prefix = prefix
        self.line = line
        self.reported = reported
        self.counts = counts
    }
}

/// What an import did, in numbers.
public struct ImportCounts: Hashable, Sendable {
    public var imported: Int64
    /// In already, by the same record.
    public var present: Int64
    public var refused: Int64
    /// Tokens that came with the accounts, and those left out because they had ended.
    public var tokens: Int64
    public var endedTokens: Int64

    public init(
        imported: Int64 = 0, present: Int64 = 0, refused: Int64 = 0, tokens: Int64 = 0, endedTokens: Int64 = 0
    ) {
        self.imported = imported
        self.present = present
        self.refused = refused
        self.tokens = tokens
        self.endedTokens = endedTokens
    }

    public var records: Int64 { imported + present + refused }
}
