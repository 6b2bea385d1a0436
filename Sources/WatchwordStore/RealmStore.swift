import WatchwordCore
import WatchwordEngine

/// One realm's share of the database.
struct RealmStore: Store {
    let driver: any Driver
    let realm: Realm.ID

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreReading) throws -> Result
    ) async throws -> Result {
        let realm = self.realm
        return try await driver.read { try body(RealmTransaction(connection: $0, realm: realm)) }
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws -> Result
    ) async throws -> Result {
        let realm = self.realm
        return try await driver.write { try body(RealmTransaction(connection: $0, realm: realm)) }
    }
}

/// A transaction that sees one realm: each statement names the realm first.
struct RealmTransaction: StoreTransaction {
    let connection: any Connection
    let realm: Realm.ID

    /// Rows of the statement, its `$1` the realm and `$2`, ... the values.
    func rows<Noun>(_ sql: String, _ values: [SQLValue], as decode: (SQLRow) throws -> Noun) throws -> [Noun] {
        try connection.rows(sql, [.text(realm.text)] + values).map(decode)
    }

    /// The one row that a unique key allows.
    func row<Noun>(_ sql: String, _ values: [SQLValue], as decode: (SQLRow) throws -> Noun) throws -> Noun? {
        try connection.rows(sql, [.text(realm.text)] + values).first.map(decode)
    }

    /// The number that an aggregate gives.
    func number(_ sql: String, _ values: [SQLValue]) throws -> Int64 {
        try row(sql, values) { try $0.int(0) } ?? 0
    }

    /// How many rows the statement changed, its `$1` the realm.
    @discardableResult
    func change(_ sql: String, _ values: [SQLValue]) throws -> Int {
        try connection.change(sql, [.text(realm.text)] + values)
    }
}
