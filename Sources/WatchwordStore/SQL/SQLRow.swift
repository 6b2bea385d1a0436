import WatchwordCore

/// One row of an answer, read by column. A column of another type than asked for means a damaged database.
struct SQLRow: Hashable, Sendable {
    let values: [SQLValue]

    func optionalInt(_ column: Int) throws -> Int64? {
        switch values[column] {
        case .int(let number): number
        case .null: nil
        default: throw mistyped(column, "an integer")
        }
    }

    func optionalText(_ column: Int) throws -> String? {
        switch values[column] {
        case .text(let text): text
        case .null: nil
        default: throw mistyped(column, "text")
        }
    }

    func optionalBytes(_ column: Int) throws -> [UInt8]? {
        switch values[column] {
        case .bytes(let bytes): bytes
        case .null: nil
        default: throw mistyped(column, "bytes")
        }
    }

    func int(_ column: Int) throws -> Int64 { try present(optionalInt(column), column) }
    func text(_ column: Int) throws -> String { try present(optionalText(column), column) }
    func bytes(_ column: Int) throws -> [UInt8] { try present(optionalBytes(column), column) }
    func flag(_ column: Int) throws -> Bool { try int(column) != 0 }

    func moment(_ column: Int) throws -> Timestamp { Timestamp(microseconds: try int(column)) }
    func optionalMoment(_ column: Int) throws -> Timestamp? {
        try optionalInt(column).map { Timestamp(microseconds: $0) }
    }

    func id<Noun>(_ column: Int) throws -> ID<Noun> { ID(try text(column)) }
    func optionalID<Noun>(_ column: Int) throws -> ID<Noun>? { try optionalText(column).map { ID($0) } }
    func digest(_ column: Int) throws -> TokenDigest { TokenDigest(try bytes(column)) }

    /// One of the words of `Word`.
    func word<Word: RawRepresentable>(_ column: Int) throws -> Word where Word.RawValue == String {
        guard let word = Word(rawValue: try text(column)) else { throw mistyped(column, "a known word") }
        return word
    }

    private func present<Content>(_ content: Content?, _ column: Int) throws -> Content {
        guard let content else { throw mistyped(column, "a value") }
        return content
    }

    /// The content itself stays out: it may be anybody's address.
    private func mistyped(_ column: Int, _ expected: String) -> Fault {
        Fault(.storeCorrupt, "column \(column) of a row does not hold \(expected); restore a backup")
    }
}
