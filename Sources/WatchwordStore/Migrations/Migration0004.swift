extension Migration {
    /// What another system made: its tokens that were taken over, those no longer trusted, its accounts as imported.
    static let acceptance = Migration(
        number: 4,
        common: [
            // No foreign key: a token taken over stays known after its session is gone, or it would come back.
            """
            CREATE TABLE accepted_token (
                realm TEXT NOT NULL, digest {bytes} NOT NULL, expires_at BIGINT NOT NULL,
                PRIMARY KEY (realm, digest))
            """,
            "CREATE INDEX accepted_token_expiry ON accepted_token (realm, expires_at)",
            """
            CREATE TABLE distrust (
                realm TEXT NOT NULL, account_id TEXT NOT NULL, issued_until BIGINT NOT NULL,
                PRIMARY KEY (realm, account_id),
                FOREIGN KEY (realm, account_id) REFERENCES account (realm, id) ON DELETE CASCADE)
            """,
            // Nor here: an account that was deleted since must not be brought back by running the import again.
            """
            CREATE TABLE import_entry (
                realm TEXT NOT NULL, source TEXT NOT NULL, digest {bytes} NOT NULL, account_id TEXT NOT NULL,
                PRIMARY KEY (realm, source))
            """,
            """
            CREATE TABLE import_run (
                realm TEXT NOT NULL, opening {bytes} NOT NULL, bytes_read BIGINT NOT NULL, prefix {bytes} NOT NULL,
                lines BIGINT NOT NULL, reported BIGINT NOT NULL, imported BIGINT NOT NULL, present BIGINT NOT NULL,
                refused BIGINT NOT NULL, tokens BIGINT NOT NULL, ended_tokens BIGINT NOT NULL,
                PRIMARY KEY (realm, opening))
            """,
        ],
        sqlite: [])
}
