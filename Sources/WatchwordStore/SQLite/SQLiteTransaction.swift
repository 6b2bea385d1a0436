import GRDB
import WatchwordCore

/// The transaction that a group of writes shares, and the savepoint each has in it.
extension SQLiteConnection {
    /// Takes the write lock at once, so that no statement later finds another process holding it.
    func begin() throws { try run("BEGIN IMMEDIATE") }

    func commit() throws {
        guard isInTransaction else {
            throw Fault(
                .storeUnavailable, "\(faults.path) gave up the transaction: look at the disk and the system's log")
        }
        try run("COMMIT")
    }

    /// Does what can be done after a failure: SQLite may have rolled back already.
    func rollback() {
        guard isInTransaction else { return }
        try? run("ROLLBACK")
    }

    var isInTransaction: Bool { database.isInsideTransaction }

    /// Keeps what the body wrote if it returns, and nothing of it if it throws.
    func inSavepoint<Result>(_ body: () throws -> Result) throws -> Result {
        try run("SAVEPOINT job")
        do {
            let result = try body()
            try run("RELEASE job")
            return result
        } catch {
            if isInTransaction {
                try run("ROLLBACK TO job")
                try run("RELEASE job")
            }
            throw error
        }
    }

    private func run(_ sql: String) throws {
        try faults.translating { try database.cachedStatement(sql: sql).execute() }
    }
}
