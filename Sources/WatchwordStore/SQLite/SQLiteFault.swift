import GRDB
import WatchwordCore

/// What SQLite's result codes mean to an operator.
enum SQLiteFault {
    /// Runs the body and turns GRDB's errors into faults; others pass.
    static func translating<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as DatabaseError { throw fault(error) }
    }

    /// GRDB's text is not repeated, for it could quote a statement's values; SQLite's own names tables and columns only.
    static func fault(_ error: DatabaseError) -> Fault {
        let said = "SQLite says \(error.resultCode.rawValue) \(error.message ?? "nothing more")"
        return switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            Fault(.storeCorrupt, "the database file is damaged or not a database; restore a backup (\(said))")
        case .SQLITE_FULL:
            Fault(.diskFull, "no room is left where the database is; free some, nothing acknowledged is lost (\(said))")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            Fault(.storeUnavailable, "another process holds the database; wait for it or stop it (\(said))")
        case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY:
            Fault(
                .storeUnavailable,
                "the database cannot be opened for writing; check that its directory exists and belongs to "
                    + "the user who runs watchword (\(said))")
        case .SQLITE_IOERR:
            Fault(.storeUnavailable, "the disk fails under the database; look at the system's log (\(said))")
        case .SQLITE_MISUSE:
            Fault(.storeUnavailable, "the database is closed (\(said))")
        default:
            Fault(.invariant, "a statement failed (\(said))")
        }
    }
}
