import WatchwordCore

extension Language {
    private static let encodings = TextEncoding.allCases.map(\.rawValue)

    /// How a random text is written; the same words for every opaque token.
    private static let opaque = [
        LanguageKey("prefix", .text, "What stands before the random part: up to 32 letters, digits and `-._~:|!+=`"),
        LanguageKey("bytes", .integer(16...256), or: "32", "Random bytes"),
        LanguageKey("encoding", .choice(encodings + ["uuid"]), or: "base64url", "How the bytes are written"),
        LanguageKey("alphabet", .text, "In place of `bytes` and `encoding`: the characters, each once"),
        LanguageKey(
            "length", .integer(1...512), "With `alphabet`, which is letters and digits if not written: how many"),
    ]
    private static let bearer =
        [
            LanguageKey(
                "kind", .choice(["jwt", "opaque"]), required: true, "Claims under a signature, or a random text"),
            LanguageKey("ttl", .lifetime(orNever: true), required: true, "How long it lasts"),
            LanguageKey("key", .name, "Of a JWT: the key in `keys` that signs it"),
            LanguageKey("claims", .claims, "Of a JWT: what it states"),
        ] + opaque

    public static let access = LanguageTable(
        "tokens.access", "token key",
        bearer + [
            LanguageKey(
                "closed", .flag, or: "false", "Whether no claim may be added, so that there is no `jti`")
        ])

    public static let refresh = LanguageTable(
        "tokens.refresh", "token key",
        bearer + [
            LanguageKey(
                "use", .choice(RefreshTokenTerms.Use.allCases.map(\.rawValue)), required: true,
                "Whether it is exchanged for a new one or lives to its own end"),
            LanguageKey(
                "reuse_grace", .lifetime(orNever: false), or: "0s",
                "With `use: rotate`: how long a used one still gets the same answer"),
        ])

    private static let oneTime =
        [
            LanguageKey("kind", .choice(["opaque"]), or: "opaque", "Always a random text"),
            LanguageKey("ttl", .lifetime(orNever: false), required: true, "How long it lasts"),
        ] + opaque

    public static let verify = LanguageTable(
        "tokens.verify", "token key",
        oneTime + [
            LanguageKey(
                "send", .choice(["at_signup", "on_request"]), or: "at_signup",
                "Whether it is mailed at sign-up and when the address changes, or only when asked for")
        ])

    public static let reset = LanguageTable("tokens.reset", "token key", oneTime)

    public static let tokens = LanguageTable(
        "tokens", "token",
        [
            LanguageKey("access", .table(access), "What a request is signed with"),
            LanguageKey("refresh", .table(refresh), "What a new access token is had for"),
            LanguageKey("verify", .table(verify), "What proves an address"),
            LanguageKey("reset", .table(reset), "What lets in who forgot the password"),
        ])

    public static let apiKeys = LanguageTable(
        "api_keys", "API key member",
        [
            LanguageKey("prefix", .text, "What stands before the random part"),
            LanguageKey("bytes", .integer(20...256), or: "32", "Bytes behind it, of which the last 4 are a checksum"),
            LanguageKey("encoding", .choice(encodings), or: "hex", "How the bytes are written"),
            LanguageKey("alphabet", .text, "In place of `bytes` and `encoding`: the characters, each once"),
            LanguageKey("length", .integer(1...512), "With `alphabet`: how many"),
            LanguageKey(
                "ttl", .lifetime(orNever: true), or: "never", "How long one lasts where its maker does not say"),
            LanguageKey(
                "overlap", .lifetime(orNever: false), or: "0s", "How long a rotated one stays good where nobody says"),
            LanguageKey(
                "shown", .choice(APIKeyTerms.Shown.allCases.map(\.rawValue)), or: "once",
                "`always` derives it from a realm secret, so that it can be shown again"),
            LanguageKey("issue_on_signup", .flag, or: "false", "Whether sign-up makes one"),
            LanguageKey("bind", .choice(["agent", "user"]), or: "user", "What one hangs on"),
            LanguageKey("usage_limit", .integer(1...Int64(Int32.max)), "The uses a new account is allowed in all"),
            LanguageKey("accept_bare", .flag, or: "false", "Whether one without its prefix is read as one with it"),
        ])

    public static let mail = LanguageTable(
        "mail", "mail",
        [
            LanguageKey("verify", .table(letter), "The mail with the verification token"),
            LanguageKey("reset", .table(letter), "The mail with the reset token"),
        ])

    public static let letter = LanguageTable(
        "mail.*", "mail key",
        [
            LanguageKey(
                "link", .text,
                "The link, with `{token}` in it once, and perhaps `{uid}`, `{email}` and `${request.base_url}`; without one the mail holds the bare token"
            )
        ])
}
