import WatchwordCore

extension Language {
    public static let socket = LanguageTable(
        "sockets.*", "socket key",
        [
            LanguageKey(
                "do", .choice(Socket.Operation.allCases.map(\.rawValue)), required: true, "What it is opened for"),
            LanguageKey(
                "auth", .either([.table(socketAuth), .oneOrMore(.either([.name, .table(carrier)]))]), required: true,
                "How it authenticates: names of `credentials` or carriers of the request that opens it, or what is listed below"
            ),
            LanguageKey("owns", .table(socketOwner), "What the account must own, or have shared with it"),
            LanguageKey("welcome", .tree, "The first message of the server, to whoever opens it"),
            LanguageKey("accepted", .tree, "The message once authenticated"),
            LanguageKey("refused", .table(socketRefusal), "What a refusal looks like"),
            LanguageKey("alive", .table(socketLife), "The signs of life that are messages"),
            LanguageKey(
                "close_when",
                .either([
                    .oneOrMore(.choice(Socket.Event.allCases.map(\.rawValue))),
                    .choices(
                        .either([.integer(1_000...4_999), .table(socketClosing)]),
                        Socket.Event.allCases.map(\.rawValue)),
                ]), or: "everything that can",
                "What ends an open socket, each perhaps with its close code or its words; only `token_expired` can be left out with effect"
            ),
            LanguageKey(
                "relay", .choice(Socket.Relay.allCases.map(\.rawValue)),
                "Whom its messages are passed to: a person's to the `agent`, an agent's to the `user`s of its terminals"
            ),
            LanguageKey("subprotocols", .oneOrMore(.text), "The subprotocols that may be agreed on"),
            LanguageKey(
                "max_message", .integer(64...1_048_576), or: "65536",
                "Bytes of the longest message taken; before authentication 4096 at most"),
            LanguageKey("note", .text, "For readers of the file"),
        ])

    /// Beside its own keys it takes those of a carrier, for the one that there mostly is.
    public static let socketAuth = LanguageTable(
        "sockets.*.auth", "socket auth key",
        [
            LanguageKey(
                "first_message", .literal,
                "What the client sends first, with one `$takes.access` or `$takes.api_key` in it; what it holds besides is ignored"
            ),
            LanguageKey(
                "within", .lifetime(orNever: false), or: "10s", "How long the first message is waited for, 1s to 2m"),
            LanguageKey(
                "any", .oneOrMore(.either([.name, .table(carrier)])),
                "Names of `credentials`, or carriers, of the request that opens it"),
            LanguageKey("ticket", .text, "The parameter of the query that a ticket of `create_ticket` is in"),
            LanguageKey(
                "again", .literal,
                "What a client sends to go on with a new credential; the `first_message` if not written"),
            LanguageKey("takes", .choice(["access", "api_key"]), "Which kind of credential"),
        ] + carrier.keys.filter { $0.name != "body" && $0.name != "takes" })

    public static let socketOwner = LanguageTable(
        "sockets.*.owns", "owns key",
        [LanguageKey("agent", .text, required: true, "The parameter of the path: `path.agent_id`")])

    public static let socketRefusal = LanguageTable(
        "sockets.*.refused", "refused key",
        [
            LanguageKey("http", .integer(400...599), "The status, before the socket opens"),
            LanguageKey("body", .tree, "The body of that answer"),
            LanguageKey("send", .tree, "The last message, once it is open"),
            LanguageKey("close", .integer(1_000...4_999), or: "1008", "The close code (RFC 6455 section 7.4)"),
        ])

    public static let socketLife = LanguageTable(
        "sockets.*.alive", "alive key",
        [
            LanguageKey("ping", .literal, "What is sent, by the client or, with `every`, by both"),
            LanguageKey("pong", .tree, "What is answered"),
            LanguageKey("every", .lifetime(orNever: false), "How often the server sends it, 1s to 1h"),
        ])

    public static let socketClosing = LanguageTable(
        "sockets.*.close_when.*", "close_when key",
        [
            LanguageKey("close", .integer(1_000...4_999), "The close code (RFC 6455 section 7.4)"),
            LanguageKey("send", .tree, "The last message"),
        ])
}
