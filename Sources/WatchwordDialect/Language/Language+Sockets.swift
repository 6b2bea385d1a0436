import WatchwordCore

extension Language {
    public static let socket = LanguageTable(
        "sockets.*", "socket key",
        [
            LanguageKey(
                "do", .choice(Socket.Operation.allCases.map(\.rawValue)), required: true, "What it is opened for"),
            LanguageKey("auth", .table(socketAuth), required: true, "How it authenticates"),
            LanguageKey("owns", .table(socketOwner), "What the account must own"),
            LanguageKey("welcome", .tree, "The first message of the server"),
            LanguageKey("accepted", .tree, "The message once authenticated"),
            LanguageKey("refused", .table(socketRefusal), "What a refusal looks like"),
            LanguageKey("alive", .table(socketLife), "The sign of life"),
            LanguageKey(
                "close_when", .oneOrMore(.choice(["api_key_revoked", "session_revoked", "token_expired"])),
                "What ends an open socket"),
            LanguageKey("relay", .choice(["agent", "user"]), "Whom its messages are passed to"),
            LanguageKey("note", .text, "For readers of the file"),
        ])

    public static let socketAuth = LanguageTable(
        "sockets.*.auth", "socket auth key",
        [
            LanguageKey("first_message", .literal, "A message with one `$takes.access` or `$takes.api_key` in it"),
            LanguageKey("within", .lifetime(orNever: false), or: "10s", "How long the first message is waited for"),
            LanguageKey("query", .text, "The parameter of the query that the credential is in"),
            LanguageKey("header", .text, "The header field that it is in"),
            LanguageKey("scheme", .text, "What stands before it in the header"),
            LanguageKey(
                "takes", .choice(PresentedCredential.Kind.allCases.map(\.rawValue)), "Which kind of credential"),
        ])

    public static let socketOwner = LanguageTable(
        "sockets.*.owns", "owns key", [LanguageKey("agent", .text, "The parameter of the path: `path.agent_id`")])

    public static let socketRefusal = LanguageTable(
        "sockets.*.refused", "refused key",
        [
            LanguageKey("http", .integer(400...599), "The status, before the socket opens"),
            LanguageKey("body", .tree, "The body of that answer"),
            LanguageKey("send", .tree, "The last message, once it is open"),
            LanguageKey("close", .integer(1_000...4_999), "The close code (RFC 6455 section 7.4)"),
        ])

    public static let socketLife = LanguageTable(
        "sockets.*.alive", "alive key",
        [
            LanguageKey("ping", .tree, "What is sent"),
            LanguageKey("pong", .tree, "What is answered"),
            LanguageKey("every", .lifetime(orNever: false), "How often"),
        ])
}
