import WatchwordCore

/// What a column can hold, in the types that SQLite and PostgreSQL share: BIGINT, TEXT and bytes.
/// A flag is 0 or 1, a moment is its microseconds, an id is its text.
enum SQLValue: Hashable, Sendable {
    case null
    case int(Int64)
    case text(String)
    case bytes([UInt8])

    init(_ number: Int64?) { self = number.map(SQLValue.int) ?? .null }
    init(_ text: String?) { self = text.map(SQLValue.text) ?? .null }
    init(_ bytes: [UInt8]?) { self = bytes.map(SQLValue.bytes) ?? .null }
    init(_ flag: Bool) { self = .int(flag ? 1 : 0) }
    init(_ moment: Timestamp?) { self = moment.map { .int($0.microseconds) } ?? .null }
    init(_ digest: TokenDigest) { self = .bytes(digest.bytes) }
    init<Noun>(_ id: ID<Noun>?) { self = id.map { .text($0.text) } ?? .null }
}
