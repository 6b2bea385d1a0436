extension Migration {
    /// The key pairs that a realm makes for itself.
    static let second = Migration(
        number: 2,
        common: [
            """
            CREATE TABLE signing_key (
                realm TEXT NOT NULL, name TEXT NOT NULL, generation BIGINT NOT NULL, id TEXT NOT NULL,
                algorithm TEXT NOT NULL, sealed {bytes} NOT NULL, created_at BIGINT NOT NULL,
                signs_from BIGINT NOT NULL, expires_at BIGINT,
                PRIMARY KEY (realm, name, generation), UNIQUE (realm, id))
            """
        ],
        sqlite: [])
}
