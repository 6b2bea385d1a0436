import WatchwordCore

extension Language {
    public static let accept = LanguageTable(
        "accept", "accept key",
        [
            LanguageKey(
                "passwords", .oneOrMore(.choice(PasswordHashFormat.allCases.map(\.rawValue))),
                "Kinds of old password hashes that import may bring"),
            LanguageKey("tokens", .oneOrMore(.table(acceptedToken)), "JWTs of the old issuer, in the order tried"),
            LanguageKey("opaque", .table(opaqueTokens), "Opaque tokens of the old issuer that import brought"),
        ])

    public static let acceptedToken = LanguageTable(
        "accept.tokens.*", "accepted token key",
        [
            LanguageKey("key", .name, required: true, "The key in `keys` that verifies it"),
            LanguageKey("kind", .choice(["access", "refresh"]), or: "access", "What it stands for"),
            LanguageKey("subject", .text, or: "sub", "The claim that names the account, by its dotted path"),
            LanguageKey(
                "names", .choice(["id", "user_id", "email", "username"]), or: "id", "What that claim holds"),
            LanguageKey("claims", .map(.literal, of: "claim"), "Claims that must have these values"),
            LanguageKey(
                "ttl", .lifetime(orNever: false),
                "How long they last, for those without `iat`: their issue is reckoned back from `exp`"),
            LanguageKey("until", .date, required: true, "After this none is good"),
        ])

    public static let opaqueTokens = LanguageTable(
        "accept.opaque", "accept key", [LanguageKey("until", .date, required: true, "After this none is good")])
}
