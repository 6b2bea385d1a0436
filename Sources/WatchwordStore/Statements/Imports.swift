import WatchwordCore
import WatchwordEngine

extension RealmTransaction {
    func importEntry(_ source: String) throws -> ImportEntry? {
        try row("SELECT source, digest, account_id FROM import_entry WHERE realm = $1 AND source = $2", [.text(source)])
        {
            row in
            ImportEntry(source: try row.text(0), digest: try row.digest(1), accountID: try row.id(2))
        }
    }

    func insert(_ entry: ImportEntry) throws {
        try change(
            "INSERT INTO import_entry (realm, source, digest, account_id) VALUES ($1, $2, $3, $4)",
            [.text(entry.source), SQLValue(entry.digest), SQLValue(entry.accountID)])
    }

    func importRun(_ opening: TokenDigest) throws -> ImportRun? {
        try row(
            """
            SELECT opening, bytes_read, prefix, lines, reported, imported, present, refused, tokens, ended_tokens
            FROM import_run WHERE realm = $1 AND opening = $2
            """,
            [SQLValue(opening)]
        ) { row in
            ImportRun(
                opening: try row.digest(0), offset: try row.int(1), prefix: try row.digest(2), line: try row.int(3),
                reported: try row.int(4),
                counts: ImportCounts(
                    imported: try row.int(5), present: try row.int(6), refused: try row.int(7),
                    tokens: try row.int(8), endedTokens: try row.int(9)))
        }
    }

    func save(_ run: ImportRun) throws {
        try change(
            """
            INSERT INTO import_run (
                realm, opening, bytes_read, prefix, lines, reported, imported, present, refused, tokens, ended_tokens)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            ON CONFLICT (realm, opening) DO UPDATE SET
                bytes_read = excluded.bytes_read, prefix = excluded.prefix, lines = excluded.lines,
                reported = excluded.reported, imported = excluded.imported, present = excluded.present,
                refused = excluded.refused, tokens = excluded.tokens, ended_tokens = excluded.ended_tokens
            """,
            [
                SQLValue(run.opening), .int(run.offset), SQLValue(run.prefix), .int(run.line), .int(run.reported),
                .int(run.counts.imported), .int(run.counts.present), .int(run.counts.refused), .int(run.counts.tokens),
                .int(run.counts.endedTokens),
            ])
    }

    func advanceNumber(_ noun: String, past number: Int64) throws {
        try change(
            """
            INSERT INTO counter (realm, noun, value) VALUES ($1, $2, $3)
            ON CONFLICT (realm, noun) DO UPDATE SET value = excluded.value WHERE counter.value < excluded.value
            """,
            [.text(noun), .int(number)])
    }
}
