/// One numbered step of the schema. A released step never changes; what it got wrong, a later one mends.
///
/// The text is common SQL with two holes for what the databases write differently:
/// `{position}`, an integer primary key that grows with each insertion, and `{bytes}`, the type of byte strings.
struct Migration: Sendable {
    var number: Int64
    var common: [String]
    /// What only SQLite needs to be told, such as the body of a trigger.
    var sqlite: [String]

    static let all: [Migration] = [.first, .second, .third, .acceptance, .connections, .networks]

    /// The number of the newest step, which is the schema this program reads and writes.
    static var newest: Int64 { all.last?.number ?? 0 }
}
