/// A database inside one transaction. Statements write their parameters as `$1`, `$2`, ...
///
/// It lives as long as the transaction and never leaves its thread.
protocol Connection {
    /// The rows that the statement selects, or returns by RETURNING.
    func rows(_ sql: String, _ values: [SQLValue]) throws -> [SQLRow]
    /// Runs the statement and says how many rows it inserted, updated or deleted, without those of cascades.
    @discardableResult
    func change(_ sql: String, _ values: [SQLValue]) throws -> Int
}

/// One kind of database. Both functions throw `Fault` for what goes wrong in the database, and
/// whatever the body throws as it is.
protocol Driver: Sendable {
    /// Runs the body on one consistent snapshot.
    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result
    /// Runs the body in a transaction, alone among writers, and returns once it is durable.
    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result
    /// Writes a complete copy of the database to a new file.
    func backup(to path: String) async throws
    /// Finishes what was begun and lets go of the database. Later calls throw `Fault`.
    func close() async throws
}
