import WatchwordCore

extension Language {
    public static let reply = LanguageTable(
        "reply", "reply key",
        [
            LanguageKey(
                "when", .conditions,
                "Of several replies: what a request must hold to get this one; the last needs none"),
            LanguageKey("status", .integer(100...599), required: true, "The status"),
            LanguageKey("headers", .map(.tree, of: "header"), "Header fields; one without a value is left out"),
            LanguageKey("body", .tree, "The body; `null` is the JSON null, and no key is no body"),
        ])
}
