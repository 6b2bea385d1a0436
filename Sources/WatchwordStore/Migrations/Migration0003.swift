extension Migration {
    /// What a client calls itself; names to search by; failed guesses at a code; keys with a successor.
    ///
    /// `name_key` is compared byte by byte, as SQLite compares text.
    static let third = Migration(
        number: 3,
        common: [
            "ALTER TABLE session ADD COLUMN device TEXT",
            "ALTER TABLE account ADD COLUMN name_key TEXT",
            "UPDATE account SET name_key = LOWER(name)",
            "CREATE INDEX account_name ON account (realm, name_key)",
            "ALTER TABLE one_time_token ADD COLUMN failures BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE api_key ADD COLUMN rotated_at BIGINT",
        ],
        sqlite: [])
}
