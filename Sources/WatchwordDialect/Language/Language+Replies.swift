import WatchwordCore

extension Language {
    public static let reply = LanguageTable(
        "reply", "reply key",
        [
            LanguageKey(
                "when", .conditions,
                "Of several replies: what a request must hold to get this one; the last needs none"),
            LanguageKey("status", .integer(200...599), required: true, "The status"),
            LanguageKey(
                "headers", .map(.tree, of: "header"),
                "Header fields; one without a value is left out, and what a `Location` names is percent-encoded"),
            LanguageKey(
                "cookies", .map(.either([.table(cookie), .text]), of: "cookie"),
                "Cookies that are set or cleared; a bare value is the cookie's `value`, null clears it"),
            LanguageKey(
                "content_type", .text, "The Content-Type of this answer, exactly; that of a text is a text's"),
            LanguageKey("body", .tree, "The body; `null` is the JSON null, and no key is no body"),
            LanguageKey("text", .tree, "A bare text as the body, `text/plain; charset=utf-8` if nothing else is said"),
        ])

    public static let cookie = LanguageTable(
        "reply.cookies.*", "cookie key",
        [
            LanguageKey("value", .tree, "Its value; where that is absent, no cookie is set"),
            LanguageKey("clear", .flag, "Whether the browser is told to forget it"),
            LanguageKey(
                "max_age", .tree, "How long it is kept: `$refresh.ttl`, seconds, or `7d`; else until the browser closes"
            ),
            LanguageKey("http_only", .flag, or: "true", "Whether scripts cannot read it"),
            LanguageKey(
                "same_site", .choice(ReplyCookie.SameSite.allCases.map(\.rawValue)), or: "lax",
                "From where it is sent"),
            LanguageKey(
                "secure", .either([.choice(ReplyCookie.Secure.allCases.map(\.rawValue)), .flag]), or: "auto",
                "Whether it is sent over https only; `auto` where the public URL is https"),
            LanguageKey("path", .text, or: "/", "The paths that it is sent to"),
            LanguageKey("domain", .text, "The domain that it is sent to, with all under it; else this host alone"),
        ])
}
