import Synchronization

/// Statements with their parameters as SQLite numbers them, `?1` for `$1`, each rewritten once.
final class SQLiteTexts: Sendable {
    private let known = Mutex<[String: String]>([:])

    func numbered(_ sql: String) -> String {
        known.withLock { known in
            if let text = known[sql] { return text }
            // No statement of ours has a dollar sign anywhere but before a parameter's number.
            let text = String(
                decoding: sql.utf8.map { $0 == UInt8(ascii: "$") ? UInt8(ascii: "?") : $0 }, as: UTF8.self)
            known[sql] = text
            return text
        }
    }
}
