import FoundationEssentials
import GRDB
import WatchwordCore

/// GRDB's connection, seen as ours.
struct SQLiteConnection: Connection {
    let database: GRDB.Database
    let texts: SQLiteTexts
    let faults: SQLiteFault

    func rows(_ sql: String, _ values: [SQLValue]) throws -> [SQLRow] {
        try faults.translating {
            let statement = try prepared(sql, values)
            var rows: [SQLRow] = []
            let cursor = try Row.fetchCursor(statement)
            while let row = try cursor.next() {
                rows.append(SQLRow(values: row.databaseValues.map(Self.value)))
            }
            return rows
        }
    }

    func change(_ sql: String, _ values: [SQLValue]) throws -> Int {
        try faults.translating {
            try prepared(sql, values).execute()
            return database.changesCount
        }
    }

    private func prepared(_ sql: String, _ values: [SQLValue]) throws -> Statement {
        let statement = try database.cachedStatement(sql: texts.numbered(sql))
        try statement.setArguments(StatementArguments(values.map(Self.databaseValue)))
        return statement
    }

    private static func value(_ value: DatabaseValue) -> SQLValue {
        switch value.storage {
        case .null: .null
        case .int64(let number): .int(number)
        // No column of ours is REAL; the reader of the row says so.
        case .double(let number): .text("\(number)")
        case .string(let text): .text(text)
        case .blob(let data): .bytes(Array(data))
        }
    }

    private static func databaseValue(_ value: SQLValue) -> DatabaseValue {
        switch value {
        case .null: .null
        case .int(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .bytes(let bytes): Data(bytes).databaseValue
        }
    }
}
