import WatchwordCore

extension RealmTransaction {
    func signingKeys() throws -> [SigningKeyRecord] {
        try rows(
            """
            SELECT id, name, generation, algorithm, sealed, created_at, signs_from, expires_at FROM signing_key
            WHERE realm = $1 ORDER BY name, generation
            """, []
        ) { row in
            SigningKeyRecord(
                id: try row.id(0), name: try row.text(1), generation: try row.int(2), algorithm: try row.word(3),
                sealed: try row.bytes(4), createdAt: try row.moment(5), signsFrom: try row.moment(6),
                expiresAt: try row.optionalMoment(7))
        }
    }

    func insert(_ key: SigningKeyRecord) throws -> Bool {
        try change(
            """
            INSERT INTO signing_key (realm, name, generation, id, algorithm, sealed, created_at, signs_from, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (realm, name, generation) DO NOTHING
            """,
            [
                .text(key.name), .int(key.generation), SQLValue(key.id), .text(key.algorithm.rawValue),
                .bytes(key.sealed), SQLValue(key.createdAt), SQLValue(key.signsFrom), SQLValue(key.expiresAt),
            ]) == 1
    }

    func update(_ key: SigningKeyRecord) throws {
        try change(
            "UPDATE signing_key SET signs_from = $3, expires_at = $4 WHERE realm = $1 AND id = $2",
            [SQLValue(key.id), SQLValue(key.signsFrom), SQLValue(key.expiresAt)])
    }
}
