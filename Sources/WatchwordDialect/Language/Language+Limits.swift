import WatchwordCore

extension Language {
    private static let rate = LanguageForm.either([.text, .table(span)])

    public static let limits = LanguageTable(
        "limits", "limit",
        [
            LanguageKey("attempts", rate, "Failed attempts at one account from one address, as in `10/5m`"),
            LanguageKey("address", rate, "Costly requests (sign-ins, sign-ups, links) of one address"),
            LanguageKey("mailbox", rate, "Mails asked for one mailbox"),
            LanguageKey("api_key", rate, "Requests of one API key"),
        ])

    public static let span = LanguageTable(
        "limits.*", "rate key",
        [
            LanguageKey("count", .integer(1...1_000_000), required: true, "So many at once, and in each span"),
            LanguageKey("per", .lifetime(orNever: false), required: true, "The span"),
        ])
}
