extension Language {
    public static let pages = LanguageTable(
        "pages", "pages key",
        [
            LanguageKey("name", .text, "What people call the product; the realm's name if not written"),
            LanguageKey(
                "agent", .name, or: "agent", "What one agent is called: lower-case letters, digits and hyphens"),
            LanguageKey(
                "agents", .name, or: "agents",
                "What several are called, and the path of their pages; `agent` with an `s` if only that is written"),
        ])
}
