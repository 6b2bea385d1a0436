import WatchwordCore

/// Why a record of another system is not imported. None of them repeats what the record holds.
public enum ImportReason: Hashable, Sendable {
    /// The record itself cannot be read; in words.
    case unreadable(String)
    /// It holds something by a name that an account has not.
    case unknown(String)
    /// It holds something by that name that is not what stands there: a truth value, a whole number, a moment, text.
    case type(String, expected: String)
    /// A rule of the realm's accounts is broken.
    case rule(InputProblem)
    case idMissing
    /// The realm's ids have another form.
    case idForm
    case idTaken
    case emailTaken
    case usernameTaken
    /// Another record of the same id is in, with other contents.
    case differs
    /// The account was imported before and deleted here since.
    case deleted
    /// An earlier record of this run has the same id, address or username; told by a dry run, which writes nothing.
    case repeated(String)
    case hash(PasswordHashProblem)
    /// The dialect's `accept.passwords` does not list hashes of this kind.
    case hashNotAccepted(PasswordHashFormat)
    /// The dialect has no `accept.opaque`.
    case tokensNotAccepted
    /// Of the tokens the one of that place, from 0.
    case token(Int, TokenReason)

    public enum TokenReason: String, Hashable, Sendable, CaseIterable {
        case malformed = "is not {token or digest, kind, expires_at}"
        case kind = "has a kind that is neither access nor refresh"
        case digest = "has a digest that is not a SHA-256 in hexadecimal"
        case moment = "has an end that is no moment"
        case noRefresh = "is a refresh token, and the dialect has none"
        case taken = "is known here already"
    }
}

/// What became of one record.
public enum ImportVerdict: Hashable, Sendable {
    case imported
    /// The same record is in already.
    case present
    case refused([ImportReason])
}

/// One record of an import: where it stands, and what it holds, unless it cannot be read.
public struct ImportItem: Sendable {
    /// The line it begins on, from 1.
    public var line: Int64
    public var content: Content

    public enum Content: Sendable {
        case record(Value)
        case unreadable(String)
    }

    public init(line: Int64, _ content: Content) {
        self.line = line
        self.content = content
    }
}

/// The verdict on one record, for the report: its line, and its id as far as it has one.
public struct ImportResult: Sendable {
    public var line: Int64
    public var source: String?
    public var verdict: ImportVerdict
}
