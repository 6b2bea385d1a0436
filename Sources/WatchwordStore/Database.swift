import WatchwordCore
import WatchwordEngine

/// The database of a process: every realm's accounts, sessions, tokens, keys, mail and audit in one file.
///
/// Several processes may have the same file open: the server, and commands beside it.
public final class Database: Sendable {
    private let driver: any Driver

    /// Opens the SQLite file at `path`, making it with mode 0600 if there is none, and brings it to the schema of
    /// this program. `readers` bounds how many snapshots are read at once; `patience` is how many seconds
    /// to wait for another process that writes.
    ///
    /// Throws `storeUnavailable`, `storeCorrupt`, `storeTooNew` or `diskFull`, each saying how to mend it.
    public init(path: String, readers: Int = 2, patience: Double = 5) throws {
        try PrivateFile.prepare(path)
        driver = try SQLiteDriver(path: path, readers: readers, patience: patience)
    }

    /// The realm's rows, and no others.
    public func store(for realm: Realm.ID) -> any Store { RealmStore(driver: driver, realm: realm) }

    /// The number of the newest change in any realm: a cheap question by which a process
    /// finds out that another has made its caches stale.
    public func lastChange() async throws -> Int64 {
        try await driver.read { connection in
            try connection.rows("SELECT COALESCE(MAX(position), 0) FROM change", []).first?.int(0) ?? 0
        }
    }

    /// Writes a complete, compact copy of every realm to a new file with mode 0600, while others go on reading
    /// and writing. Throws `storeUnavailable` if there is a file already.
    public func backup(to path: String) async throws {
        try PrivateFile.create(path)
        do { try await driver.backup(to: path) } catch {
            PrivateFile.remove(path)
            throw error
        }
    }

    /// Finishes what was begun and closes the file; later reads and writes throw `storeUnavailable`.
    public func close() async throws { try await driver.close() }
}
