extension Migration {
    /// Accounts, sessions, tokens, keys, agents, mail, audit and changes, all by realm.
    static let first = Migration(
        number: 1,
        common: [
            """
            CREATE TABLE counter (
                realm TEXT NOT NULL, noun TEXT NOT NULL, value BIGINT NOT NULL,
                PRIMARY KEY (realm, noun))
            """,
            """
            CREATE TABLE account (
                position {position}, realm TEXT NOT NULL, id TEXT NOT NULL,
                email TEXT, email_key TEXT, username TEXT, username_key TEXT, email_verified BIGINT NOT NULL,
                name TEXT, role TEXT, fields TEXT NOT NULL, usage_count BIGINT NOT NULL, usage_limit BIGINT,
                disabled BIGINT NOT NULL, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL,
                UNIQUE (realm, id), UNIQUE (realm, email_key), UNIQUE (realm, username_key))
            """,
            """
            CREATE TABLE password (
                realm TEXT NOT NULL, account_id TEXT NOT NULL,
                hash TEXT NOT NULL, version BIGINT NOT NULL, changed_at BIGINT NOT NULL,
                PRIMARY KEY (realm, account_id),
                FOREIGN KEY (realm, account_id) REFERENCES account (realm, id) ON DELETE CASCADE)
            """,
            """
            CREATE TABLE session (
                position {position}, realm TEXT NOT NULL, id TEXT NOT NULL, account_id TEXT NOT NULL,
                method TEXT NOT NULL, address TEXT, user_agent TEXT,
                created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, ended_at BIGINT, end_reason TEXT,
                UNIQUE (realm, id),
                FOREIGN KEY (realm, account_id) REFERENCES account (realm, id) ON DELETE CASCADE)
            """,
            "CREATE INDEX session_account ON session (realm, account_id)",
            "CREATE INDEX session_expiry ON session (realm, expires_at)",
            """
            CREATE TABLE access_token (
                realm TEXT NOT NULL, digest {bytes} NOT NULL, session_id TEXT NOT NULL, account_id TEXT NOT NULL,
                issued_second BIGINT NOT NULL, expires_at BIGINT NOT NULL,
                PRIMARY KEY (realm, digest),
                FOREIGN KEY (realm, session_id) REFERENCES session (realm, id) ON DELETE CASCADE)
            """,
            "CREATE INDEX access_token_session ON access_token (realm, session_id)",
            "CREATE INDEX access_token_second ON access_token (realm, account_id, issued_second)",
            "CREATE INDEX access_token_expiry ON access_token (realm, expires_at)",
            """
            CREATE TABLE refresh_token (
                realm TEXT NOT NULL, digest {bytes} NOT NULL, session_id TEXT NOT NULL,
                expires_at BIGINT NOT NULL, used_at BIGINT, successor {bytes},
                PRIMARY KEY (realm, digest),
                FOREIGN KEY (realm, session_id) REFERENCES session (realm, id) ON DELETE CASCADE)
            """,
            "CREATE INDEX refresh_token_session ON refresh_token (realm, session_id)",
            "CREATE INDEX refresh_token_expiry ON refresh_token (realm, expires_at)",
            """
            CREATE TABLE one_time_token (
                realm TEXT NOT NULL, digest {bytes} NOT NULL, purpose TEXT NOT NULL, account_id TEXT NOT NULL,
                email TEXT NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, used_at BIGINT,
                PRIMARY KEY (realm, digest),
                FOREIGN KEY (realm, account_id) REFERENCES account (realm, id) ON DELETE CASCADE)
            """,
            "CREATE INDEX one_time_token_account ON one_time_token (realm, account_id, purpose)",
            "CREATE INDEX one_time_token_expiry ON one_time_token (realm, expires_at)",
            """
            CREATE TABLE agent (
                position {position}, realm TEXT NOT NULL, id TEXT NOT NULL, account_id TEXT NOT NULL,
                name TEXT NOT NULL, created_at BIGINT NOT NULL, last_seen_at BIGINT,
                UNIQUE (realm, id),
                FOREIGN KEY (realm, account_id) REFERENCES account (realm, id) ON DELETE CASCADE)
            """,
            "CREATE INDEX agent_account ON agent (realm, account_id)",
            """
            CREATE TABLE api_key (
                position {position}, realm TEXT NOT NULL, id TEXT NOT NULL, account_id TEXT NOT NULL, agent_id TEXT,
                name TEXT, digest {bytes} NOT NULL, hint TEXT NOT NULL, generation BIGINT,
                created_at BIGINT NOT NULL, expires_at BIGINT, last_used_at BIGINT, revoked_at BIGINT,
                UNIQUE (realm, id), UNIQUE (realm, digest),
                FOREIGN KEY (realm, account_id) REFERENCES account (realm, id) ON DELETE CASCADE,
                FOREIGN KEY (realm, agent_id) REFERENCES agent (realm, id) ON DELETE CASCADE)
            """,
            "CREATE INDEX api_key_account ON api_key (realm, account_id)",
            "CREATE INDEX api_key_agent ON api_key (realm, agent_id)",
            """
            CREATE TABLE mail (
                position {position}, realm TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, recipient TEXT NOT NULL,
                account_id TEXT, sealed {bytes} NOT NULL, created_at BIGINT NOT NULL, attempts BIGINT NOT NULL,
                due_at BIGINT NOT NULL, sent_at BIGINT, last_error TEXT, dead BIGINT NOT NULL,
                UNIQUE (realm, id),
                FOREIGN KEY (realm, account_id) REFERENCES account (realm, id) ON DELETE CASCADE)
            """,
            "CREATE INDEX mail_account ON mail (realm, account_id)",
            "CREATE INDEX mail_due ON mail (realm, due_at) WHERE sent_at IS NULL AND dead = 0",
            "CREATE INDEX mail_sent ON mail (realm, sent_at) WHERE sent_at IS NOT NULL",
            """
            CREATE TABLE audit (
                position {position}, realm TEXT NOT NULL, at BIGINT NOT NULL, kind TEXT NOT NULL,
                account_id TEXT, session_id TEXT, address TEXT NOT NULL, outcome TEXT NOT NULL, detail TEXT NOT NULL)
            """,
            "CREATE INDEX audit_realm ON audit (realm, position)",
            "CREATE INDEX audit_account ON audit (realm, account_id, position)",
            """
            CREATE TABLE change (
                position {position}, realm TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, noted_at BIGINT)
            """,
            "CREATE INDEX change_realm ON change (realm, position)",
        ],
        sqlite: [
            """
            CREATE TRIGGER audit_keeps BEFORE UPDATE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit table is append-only'); END
            """,
            """
            CREATE TRIGGER audit_stays BEFORE DELETE ON audit
            BEGIN SELECT RAISE(ABORT, 'the audit table is append-only'); END
            """,
        ])
}
