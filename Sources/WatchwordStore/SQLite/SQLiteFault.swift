import GRDB
import WatchwordCore

/// What SQLite's result codes mean to an operator, of the file at `path`.
struct SQLiteFault: Sendable {
    let path: String

    /// Runs the body and turns GRDB's errors into faults; others pass.
    func translating<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as DatabaseError { throw fault(error) }
    }

    /// The same of a body that waits.
    func translating<Result>(_ body: () async throws -> Result) async throws -> Result {
        do { return try await body() } catch let error as DatabaseError { throw fault(error) }
    }

    /// GRDB's text is not repeated, for it could quote a statement's values; SQLite's own names tables and columns only.
    private func fault(_ error: DatabaseError) -> Fault {
        let said = "SQLite says \(error.resultCode.rawValue) \(error.message ?? "nothing more")"
        return switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            Fault(
                .storeCorrupt,
                "\(path) is damaged or not a database: move it away with its -wal and -shm files, and put the newest "
                    + "copy that `watchword backup` made in its place (\(said))")
        case .SQLITE_FULL:
            Fault(.diskFull, "no room is left for \(path): free some; nothing acknowledged is lost (\(said))")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            Fault(.storeUnavailable, "another process holds \(path): wait for it or stop it (\(said))")
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY:
            Fault(
                .storeUnavailable,
                "\(path) cannot be opened for writing: see that its directory exists and belongs to the user who runs "
                    + "watchword (\(said))")
        case .SQLITE_IOERR:
            Fault(.storeUnavailable, "the disk fails under \(path): look at the system's log (\(said))")
        case .SQLITE_MISUSE:
            Fault(.storeUnavailable, "\(path) is closed (\(said))")
        default:
            Fault(.invariant, "a statement failed on \(path) (\(said))")
        }
    }
}
