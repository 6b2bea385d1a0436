extension ConfigurationKey {
    /// The keys of the server itself.
    static let server: [ConfigurationKey] = [
        ConfigurationKey(
            "data_directory", .path, initial: "./data",
            "Where the database, the secrets and mail written to files are kept. Made with mode 0700 if it is missing."),
        ConfigurationKey(
            "log.level", .choice(["trace", "debug", "info", "notice", "warning", "error", "critical"]),
            initial: "notice", "The least important line that is written to standard error."),
        ConfigurationKey(
            "log.format", .choice(["text", "json"]), initial: "text",
            "`text` writes `name=value` pairs, `json` one object a line."),
        ConfigurationKey(
            "admin.enabled", .flag, initial: "true",
            "Whether `/healthz`, `/readyz` and `/metrics` are served, on a listener of their own."),
        ConfigurationKey(
            "admin.host", .host, initial: "127.0.0.1",
            "Where that listener is bound. It asks for no password: keep it off public networks."),
        ConfigurationKey("admin.port", .integer(0...65_535), initial: "9091", "Its port; 0 takes any free one."),
        ConfigurationKey(
            "hashing.memory_kib", .integer(19_456...131_072), initial: "19456",
            "Memory of one Argon2id hash, in KiB. Passwords hashed with less are hashed again at the next sign-in."),
        ConfigurationKey("hashing.iterations", .integer(2...26), initial: "2", "Passes of one Argon2id hash."),
        ConfigurationKey(
            "hashing.lanes", .integer(1...256), initial: "one for each core",
            "Hashes computed at once, each on a thread of its own and with `memory_kib` of memory."),
        ConfigurationKey(
            "hashing.queue", .integer(1...100_000), initial: "64",
            "Hashes that may wait for a lane. Beyond that a request is answered busy, with Retry-After."),
        ConfigurationKey(
            "throttle.enabled", .flag, initial: "true",
            "Whether attempts are bounded by address, account and key. Turn it off only for tests."),
        ConfigurationKey(
            "throttle.address_burst", .integer(1...1_000_000), initial: "600",
            "Costly requests (a password, a link, a refresh token) that one address may make at once: an IPv4 address or an IPv6 /64."
        ),
        ConfigurationKey(
            "throttle.address_interval_ms", .integer(1...3_600_000), initial: "100",
            "Milliseconds after which it may make one more."),
        ConfigurationKey(
            "throttle.attempt_burst", .integer(1...100_000), initial: "10",
            "Wrong passwords that one address may try at one account at once."),
        ConfigurationKey(
            "throttle.attempt_interval_ms", .integer(1...86_400_000), initial: "30000",
            "Milliseconds after which it may try one more."),
        ConfigurationKey(
            "throttle.mailbox_burst", .integer(1...100_000), initial: "5",
            "Links that may be asked for one mailbox at once."),
        ConfigurationKey(
            "throttle.mailbox_interval_ms", .integer(1...86_400_000), initial: "120000",
            "Milliseconds after which one more may be asked for."),
        ConfigurationKey(
            "throttle.key_burst", .integer(1...1_000_000), initial: "1000",
            "Requests that one API key may make at once."),
        ConfigurationKey(
            "throttle.key_interval_ms", .integer(1...3_600_000), initial: "2",
            "Milliseconds after which it may make one more."),
        ConfigurationKey(
            "sockets.connections", .integer(1...1_000_000), initial: "16384",
            "Sockets open at once, in all realms. Each listener takes 4,096 connections beyond that for plain requests."
        ),
        ConfigurationKey(
            "sockets.per_account", .integer(1...1_000_000), initial: "1024",
            "Sockets of one account at once, its agents' among them."),
        ConfigurationKey(
            "sockets.per_address", .integer(1...1_000_000), initial: "1024",
            "Sockets of one address at once: an IPv4 address or an IPv6 /64."),
        ConfigurationKey(
            "sockets.unauthenticated_per_address", .integer(1...1_000_000), initial: "64",
            "Those of them that have not authenticated yet."),
        ConfigurationKey(
            "sockets.authentication_seconds", .integer(1...60), initial: "30",
            "The longest that a first message is waited for, whatever a dialect allows."),
        ConfigurationKey(
            "sockets.ping_seconds", .integer(5...3_600), initial: "30",
            "How long a socket may be silent before it is asked for a sign of life (a ping frame)."),
        ConfigurationKey(
            "sockets.pong_seconds", .integer(1...600), initial: "15",
            "How long that sign is waited for before the socket is closed."),
        ConfigurationKey(
            "sockets.terminal_open_seconds", .integer(1...600), initial: "15",
            "How long an agent may take to start a terminal or to refuse it, before the person is told (4014)."),
        ConfigurationKey(
            "sockets.terminal_input_seconds", .integer(1...86_400), initial: "600",
            "How long a terminal's input may wait while the agent takes none of it, before the terminal ends (4015)."),
        ConfigurationKey(
            "sockets.message_kib", .integer(32...16_384), initial: "64",
            "The largest message of an authenticated client, in KiB, where a dialect does not say less. Before that, 4 KiB are taken."
        ),
        ConfigurationKey(
            "sockets.messages_per_second", .integer(1...100_000), initial: "50",
            "Messages a second that a socket may send beside those of a relay, ten times that at once."),
        ConfigurationKey(
            "mail.transport", .choice(["log", "file", "smtp", "sendmail"]), initial: "log",
            "`log` says that a message is ready, for `watchword mail show` to print; `file` writes .eml files; `smtp` hands them to a mail server, `sendmail` to the machine's own."
        ),
        ConfigurationKey(
            "mail.directory", .path, initial: "mail in the data directory", "Where `file` writes them."),
        ConfigurationKey(
            "mail.from", .mailbox, initial: "watchword@localhost",
            "The sender of every message. `smtp` and `sendmail` need it written."),
        ConfigurationKey(
            "mail.reply_to", .mailbox, initial: nil, "Where answers go, if not to the sender."),
        ConfigurationKey("mail.smtp.host", .host, initial: nil, "The mail server; a name in its certificate."),
        ConfigurationKey(
            "mail.smtp.port", .integer(1...65_535), initial: "587, or 465 with `tls`, 25 with `none`", "Its port."),
        ConfigurationKey(
            "mail.smtp.security", .choice(["starttls", "tls", "none"]), initial: "starttls",
            "How the connection is kept private: `starttls` goes no further if the server does not offer it, `tls` is private from the first byte, `none` is for a server on this machine only."
        ),
        ConfigurationKey("mail.smtp.username", .text, initial: nil, "Whom to sign in as."),
        ConfigurationKey(
            "mail.smtp.password_file", .path, initial: nil,
            "A file with the password in its first line. The variable `SMTP_PASSWORD` may hold it instead; this file may not."
        ),
        ConfigurationKey(
            "mail.smtp.ca_file", .path, initial: "the system's authorities",
            "The authorities that may vouch for the server, as PEM."),
        ConfigurationKey(
            "mail.smtp.timeout_seconds", .integer(5...600), initial: "30", "How long one message may take to be taken."),
        ConfigurationKey(
            "mail.sendmail", .path, initial: "/usr/sbin/sendmail",
            "The program of `sendmail`, which is given `-i -f SENDER -- RECIPIENT` and the message."),
        ConfigurationKey(
            "reload", .choice(["signal", "watch"]), initial: "signal",
            "What makes the server read its dialect files again: SIGHUP and `watchword dialect reload`, or with `watch` a changed file as well, within two seconds."
        ),
    ]

    /// The keys of one realm, under `realms.NAME`.
    static let realm: [ConfigurationKey] = [
        ConfigurationKey(
            "dialect", .text, initial: "the realm's own name",
            "A built-in dialect's name, or the path of a dialect file (with a `/` or ending in `.yaml`)."),
        ConfigurationKey(
            "dialects", .dialects, initial: nil,
            "Instead of `dialect`: all the dialects that the realm speaks, on one set of accounts and sessions. A list of them, or a mapping of names to the keys below."
        ),
        ConfigurationKey(
            "host", .host, initial: "127.0.0.1",
            "Where the realm listens. Off loopback it needs `tls`, `trusted_proxies` or `require_https: false`."),
        ConfigurationKey(
            "port", .integer(0...65_535), initial: "the built-in dialect's",
            "The realm's port; 0 takes any free one. A dialect from a file needs it written."),
        ConfigurationKey(
            "public_url", .origin, initial: "made from host and port",
            "The origin that clients see. Links in mail start with it, and it is the `iss` claim."),
        ConfigurationKey(
            "tls.certificate", .path, initial: nil,
            "The certificate chain as PEM; with `tls.key` the realm speaks HTTPS."),
        ConfigurationKey("tls.key", .path, initial: nil, "The private key as PEM."),
        ConfigurationKey(
            "trusted_proxies", .networks, initial: nil,
            "Proxies whose word about the client is believed. Nobody else's is."),
        ConfigurationKey(
            "forwarded_field", .choice(["x-forwarded-for", "forwarded"]), initial: "x-forwarded-for",
            "Where a trusted proxy says who the client is: X-Forwarded-For with X-Forwarded-Proto, or Forwarded (RFC 7239)."
        ),
        ConfigurationKey(
            "cors_origins", .origins, initial: "the dialect's",
            "Origins whose pages may call the realm and read its answers."),
        ConfigurationKey(
            "cors_credentials", .flag, initial: "the dialect's",
            "Whether those pages may call with the browser's cookies. Never where any origin may."),
        ConfigurationKey(
            "require_https", .flag, initial: "true",
            "Whether requests over plain HTTP are refused, unless they come from this machine or a trusted proxy took them over HTTPS."
        ),
        ConfigurationKey(
            "sign_up", .choice(["open", "closed"]), initial: "open",
            "Whether strangers may sign up. Closed, accounts are made by `watchword account create`."),
        ConfigurationKey(
            "require_verified", .flag, initial: "the dialect's",
            "Whether signing in needs a verified address."),
        ConfigurationKey(
            "notices", .flag, initial: "true",
            "Whether people are mailed what happens to their accounts: a new password, address or API key, a sign-in from a new network."
        ),
        ConfigurationKey(
            "refuse_common_passwords", .flag, initial: "the dialect's",
            "Whether passwords that everybody tries first are refused."),
        ConfigurationKey(
            "session_days", .integer(1...3_650), initial: "the dialect's",
            "After how many days a session ends whatever is renewed or rotated."),
        ConfigurationKey("mail.from", .mailbox, initial: "the server's", "The sender of the realm's messages."),
        ConfigurationKey("mail.reply_to", .mailbox, initial: "the server's", "Where answers to them go."),
        ConfigurationKey(
            "mail.templates", .path, initial: nil,
            "A folder with templates of its own for messages, each in the place of the built-in one of the same name."),
        ConfigurationKey(
            "forward_auth.path", .urlPath, initial: nil,
            "Where reverse proxies ask whom to let pass, such as `/_watchword/forward-auth`; without it they are not answered."
        ),
        ConfigurationKey(
            "forward_auth.credentials", .text, initial: "the dialect's first list with access tokens, and its cookies",
            "The name of the dialect's list of carriers that is looked at."),
        ConfigurationKey(
            "forward_auth.require_role", .text, initial: nil, "The role that an account must have to pass."),
        ConfigurationKey(
            "forward_auth.require_verified", .flag, initial: "false",
            "Whether an account's address must be verified to pass."),
        ConfigurationKey(
            "forward_auth.headers.user_id", .fieldName, initial: "X-Auth-User-Id",
            "The field that tells the application the account's id."),
        ConfigurationKey(
            "forward_auth.headers.email", .fieldName, initial: "X-Auth-Email", "The same for its address."),
        ConfigurationKey(
            "forward_auth.headers.email_verified", .fieldName, initial: "X-Auth-Email-Verified",
            "The same for whether that is verified, `true` or `false`."),
        ConfigurationKey(
            "forward_auth.headers.username", .fieldName, initial: "X-Auth-Username", "The same for its username."),
        ConfigurationKey(
            "forward_auth.headers.role", .fieldName, initial: "X-Auth-Role", "The same for its role."),
        ConfigurationKey(
            "forward_auth.headers.session", .fieldName, initial: "X-Auth-Session", "The same for its session."),
        ConfigurationKey(
            "pages.enabled", .flag, initial: "true",
            "Whether people get pages: to sign up and in, to follow the links of mails, to look after their accounts."),
        ConfigurationKey(
            "pages.path", .urlPath, initial: "/account",
            "Where they are. No route of a dialect on the realm's listener may be under it."),
        ConfigurationKey(
            "pages.name", .text, initial: "what the dialect says, or the realm's name",
            "What people call the product. It stands on every page."),
        ConfigurationKey(
            "pages.logo", .path, initial: nil, "A picture beside that name: SVG or PNG, at most 128 KiB."),
        ConfigurationKey(
            "pages.color", .color, initial: "#1f6f5c",
            "The colour of buttons, on pages and in mails. Text on it is black or white, whichever can be read better."),
        ConfigurationKey(
            "pages.words", .path, initial: nil,
            "A file with words of its own for the pages, each in the place of the built-in one of the same name: a translation."
        ),
        ConfigurationKey(
            "pages.support", .contact, initial: nil,
            "Where people ask for help, at the foot of every page: an address or an `https://` URL."),
        ConfigurationKey(
            "pages.session_hours", .integer(1...720), initial: "12",
            "How long a sign-in on pages lasts, where `session_days` does not end it sooner."),
    ]

    /// The keys of one dialect of a realm that speaks several, under `realms.NAME.dialects.DIALECT`.
    static let dialect: [ConfigurationKey] = [
        ConfigurationKey(
            "dialect", .text, initial: "its own name",
            "A built-in dialect's name, or the path of a dialect file (with a `/` or ending in `.yaml`)."),
        ConfigurationKey(
            "hosts", .hosts, initial: "all",
            "The host names that it answers to, without a port. Without any, the path decides between the dialects."),
        ConfigurationKey(
            "port", .integer(0...65_535), initial: "the realm's",
            "A port of its own; without one it is heard on the realm's listener."),
        ConfigurationKey("host", .host, initial: "the realm's", "Where that port is bound."),
        ConfigurationKey(
            "public_url", .origin, initial: "the realm's, or made from its own port",
            "The origin that its clients see."),
    ]

    /// The variable that sets it, in the form of swift-configuration: `WATCHWORD_LOG_LEVEL`.
    func variable(_ scope: ConfigurationScope) -> String {
        let steps = ["watchword"] + scope.path + path
        return steps.joined(separator: "_").uppercased().replacing("-", with: "_")
    }
}
