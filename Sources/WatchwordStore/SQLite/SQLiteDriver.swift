import GRDB
import WatchwordCore

/// SQLite through GRDB: a write-ahead log flushed at every commit, one writer, a small pool of readers.
struct SQLiteDriver: Driver {
    private let pool: DatabasePool
    private let texts = SQLiteTexts()
    private let faults: SQLiteFault
    private let writer: GroupCommit

    /// Opens or makes the file and brings it to this program's schema.
    init(path: String, readers: Int, patience: Double) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        // How long to wait for another process that writes.
        configuration.busyMode = .timeout(patience)
        configuration.maximumReaderCount = readers
        configuration.prepareDatabase { database in
            // A megabyte of pages for each connection; the system's file cache holds the rest.
            try database.execute(sql: "PRAGMA cache_size = -1024")
        }
        let texts = self.texts
        let faults = SQLiteFault(path: path)
        self.faults = faults
        pool = try faults.translating {
            let pool = try DatabasePool(path: path, configuration: configuration)
            // GRDB opens with NORMAL, which may lose the last commits with the power. Ours are acknowledged for good.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            return pool
        }
        try pool.writeWithoutTransaction { database in
            let connection = SQLiteConnection(database: database, texts: texts, faults: faults)
            try connection.begin()
            do {
                try Migrator(holes: Self.holes).run(on: connection)
                try connection.commit()
            } catch {
                connection.rollback()
                throw error
            }
        }
        writer = GroupCommit(pool: pool, texts: texts, faults: faults)
    }

    private static let holes = [
        (hole: "{position}", text: "INTEGER PRIMARY KEY AUTOINCREMENT"), (hole: "{bytes}", text: "BLOB"),
    ]

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        let (texts, faults) = (self.texts, self.faults)
        return try await faults.translating {
            try await pool.read { try body(SQLiteConnection(database: $0, texts: texts, faults: faults)) }
        }
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        try await writer.write(body)
    }

    func backup(to path: String) async throws {
        // VACUUM INTO reads one snapshot, writes a compact file, and refuses one that holds anything.
        try await SQLiteFault(path: path).translating {
            try await pool.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [path]) }
        }
    }

    func close() async throws {
        try await faults.translating {
            // The last connection to close is a reader, which may not fold the log into the file.
            try await pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
            try pool.close()
        }
    }
}
