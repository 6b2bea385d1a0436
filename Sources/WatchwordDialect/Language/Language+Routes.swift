import WatchwordCore

extension Language {
    public static let route = LanguageTable(
        "routes.*", "route key",
        [
            LanguageKey(
                "when", .conditions,
                "What a request must hold to be this case; a list of routes holds one with each, and the first that fits is taken"
            ),
            LanguageKey("do", .choice(Operation.allCases.map(\.rawValue)), required: true, "The operation"),
            LanguageKey(
                "take", .oneOrMore(.choice(MediaType.allCases.map(\.rawValue))),
                "The kinds of body it reads; needed where an input is in the body"),
            LanguageKey(
                "in", .map(.oneOrMore(.source), of: "input"), "Where each input is; of a list the first present counts"),
            LanguageKey(
                "with", .map(.oneOrMore(.source), of: "value"),
                "Other values of the request, which `when` may ask for and replies name as `$with.NAME`; never a secret"
            ),
            LanguageKey(
                "auth", .oneOrMore(.either([.name, .table(carrier)])),
                "Who may call: names of `credentials`, or carriers"),
            LanguageKey(
                "reply", .either([.table(reply), .oneOrMore(.table(reply))]), required: true,
                "What is answered when granted; of a list the first whose `when` fits"),
            LanguageKey(
                "errors", .choices(.oneOrMore(.table(reply)), RefusalCode.allCases.map(\.rawValue)),
                "The route's own words"),
            LanguageKey("note", .text, "For readers of the file"),
            LanguageKey("todo", .oneOrMore(.text), "What is still to be settled of it"),
        ])

    /// A source written as a mapping, for what a text cannot say.
    public static let source = LanguageTable(
        "routes.*.in.*", "source key",
        [
            LanguageKey("body", .text, "A member of the body by its dotted path, `*` for the whole of it"),
            LanguageKey("query", .text, "A parameter of the query"),
            LanguageKey("header", .text, "A header field"),
            LanguageKey("scheme", .text, "With `header`: what stands before the credential in it"),
            LanguageKey("cookie", .text, "A cookie"),
            LanguageKey("path", .text, "A parameter of the path"),
            LanguageKey("basic", .choice(BasicPart.allCases.map(\.rawValue)), "A part of `Authorization: Basic`"),
            LanguageKey("value", .literal, "Always this value"),
        ])

    /// One of a list in `when`, for what has no name.
    public static let condition = LanguageTable(
        "routes.*.when.*", "condition key",
        [
            LanguageKey("of", .oneOrMore(.source), required: true, "What is looked at; the first present counts"),
            LanguageKey("is", .oneOrMore(.literal), "The values that fit"),
        ] + presence.keys)

    /// What `when` asks of a value that is not compared.
    public static let presence = LanguageTable(
        "routes.*.when.*", "test",
        [
            LanguageKey("present", .flag, "Whether it must be there"),
            LanguageKey("absent", .flag, "Whether it must not be there"),
        ])
}
