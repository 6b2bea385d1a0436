import WatchwordCore

extension Language {
    public static let carrier = LanguageTable(
        "credentials.*.*", "carrier key",
        [
            LanguageKey("header", .text, "The header field that the credential is in"),
            LanguageKey("scheme", .text, "What stands before it in the header, compared without case: `Bearer`"),
            LanguageKey("scheme_optional", .text, "The same, where the bare credential is taken as well"),
            LanguageKey("query", .text, "The parameter of the query that it is in"),
            LanguageKey("cookie", .text, "The cookie that it is in"),
            LanguageKey(
                "basic", .either([.choice(BasicPart.allCases.map(\.rawValue)), .flag]),
                "The part of `Authorization: Basic` that it is in; `true` for the user name"),
            LanguageKey("body", .text, "The member of the body that it is in, by its dotted path"),
            LanguageKey(
                "takes", .choice(PresentedCredential.Kind.allCases.map(\.rawValue)), required: true,
                "Which kind of credential"),
            LanguageKey(
                "with", .either([.text, .table(companion)]),
                "A second field that must name its owner; a bare name is that of a header"),
        ])

    public static let companion = LanguageTable(
        "credentials.*.*.with", "companion key",
        [
            LanguageKey("header", .text, "The header field"),
            LanguageKey("query", .text, "The parameter of the query"),
            LanguageKey("cookie", .text, "The cookie"),
            LanguageKey("basic", .choice(BasicPart.allCases.map(\.rawValue)), "The part of `Authorization: Basic`"),
            LanguageKey("body", .text, "The member of the body, by its dotted path"),
            LanguageKey(
                "is", .choice(["id", "user_id", "email", "username"]), or: "any of them", "What of its owner it names"),
        ])

    public static let setting = LanguageTable(
        "settings.*", "setting key",
        [
            LanguageKey("env", .variable, required: true, "The environment variable that sets it"),
            LanguageKey(
                "type", .choice(Setting.Kind.names), "What it is; not needed where `unit` or `default` tell"),
            LanguageKey(
                "unit", .choice(Setting.Unit.allCases.map(\.rawValue)),
                "Of a duration: what a bare number in the environment counts"),
            LanguageKey("default", .literal, required: true, "Its value where the environment has none"),
            LanguageKey("note", .text, "For readers of the file"),
        ])

    public static let key = LanguageTable(
        "keys.*", "key member",
        [
            LanguageKey("alg", .choice(SigningAlgorithm.allCases.map(\.rawValue)), required: true, "The algorithm"),
            LanguageKey("env", .variable, "The environment variable that holds the secret or the PEM text"),
            LanguageKey("min_bytes", .integer(1...1_024), "The shortest secret taken; never under the algorithm's own"),
            LanguageKey(
                "alg_env", .variable, "The environment variable that may choose another algorithm of the same family"),
            LanguageKey("rotate", .table(rotation), "A scheduled change of a key pair"),
            LanguageKey("verify_only", .flag, or: "false", "Whether it is an old issuer's, which signs nothing"),
        ])

    public static let rotation = LanguageTable(
        "keys.*.rotate", "rotation key",
        [
            LanguageKey("every", .lifetime(orNever: false), required: true, "How long one key signs"),
            LanguageKey(
                "overlap", .lifetime(orNever: false), or: "7d",
                "How long the next key is published before it signs; at most half of `every` if not written"),
        ])

    public static let message = LanguageTable(
        "messages.*", "message key",
        [
            LanguageKey(
                "code", .either([.text, .integer(0...1_000_000_000)]),
                "The dialect's own code of the rule, `$it.code`; the rule's name if not written"),
            LanguageKey(
                "message", .text, required: true, "The words, which may hold `${it.field}`, `${it.min}` and the like"),
        ])

    public static let cors = LanguageTable(
        "cors", "cors key",
        [
            LanguageKey("origins", .oneOrMore(.text), required: true, "The origins that may read answers; `*` for any"),
            LanguageKey("credentials", .flag, or: "false", "Whether their pages may use cookies"),
        ])
}
