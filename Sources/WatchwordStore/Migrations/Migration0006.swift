extension Migration {
    /// From where sessions of an account began.
    static let networks = Migration(
        number: 6,
        common: [
            """
            CREATE TABLE known_network (
                realm TEXT NOT NULL, account_id TEXT NOT NULL, digest {bytes} NOT NULL, seen_at BIGINT NOT NULL,
                PRIMARY KEY (realm, account_id, digest),
                FOREIGN KEY (realm, account_id) REFERENCES account (realm, id) ON DELETE CASCADE)
            """
        ],
        sqlite: [])
}
