import WatchwordCore

/// Brings a database to the schema of this program, in the one transaction it is given.
struct Migrator {
    var steps = Migration.all
    /// The text of the holes in `Migration.common`.
    var holes: [(hole: String, text: String)]

    /// The version found and left behind.
    func run(on connection: any Connection) throws {
        try connection.change(
            "CREATE TABLE IF NOT EXISTS schema_version (id BIGINT PRIMARY KEY CHECK (id = 1), version BIGINT NOT NULL)",
            [])
        let found = try connection.rows("SELECT version FROM schema_version", []).first?.int(0) ?? 0
        let newest = steps.last?.number ?? 0
        guard found <= newest else {
            throw Fault(
                .storeTooNew,
                "the database has schema \(found) and this program knows up to \(newest); "
                    + "run the newer watchword that wrote it, or restore the backup made before it")
        }
        for step in steps where step.number > found {
            for statement in step.common + step.sqlite {
                try connection.change(filled(statement), [])
            }
        }
        guard found < newest else { return }
        try connection.change(
            "INSERT INTO schema_version (id, version) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET version = excluded.version",
            [.int(newest)])
    }

    private func filled(_ statement: String) -> String {
        var text = Substring(statement)
        var filled = ""
        while let open = text.firstIndex(of: "{") {
            filled += text[..<open]
            text = text[open...]
            guard let (hole, replacement) = holes.first(where: { text.hasPrefix($0.hole) }) else {
                filled.append(text.removeFirst())
                continue
            }
            filled += replacement
            text = text.dropFirst(hole.count)
        }
        return filled + text
    }
}
