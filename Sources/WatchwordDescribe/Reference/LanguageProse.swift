import WatchwordDialect

/// What the reference says between its tables.
enum LanguageProse {
    static let introduction = """
        # The dialect language

        Printed by `watchword dialect reference`; do not edit.

        A dialect describes one HTTP contract as data: its paths, field names, shapes, statuses, tokens and lifetimes. It
        chooses among what the engine does; it cannot add to it. `watchword dialect check FILE` reads a file and says all
        that is wrong with it; `watchword serve --dialect FILE` runs it. The guide
        [Describe your API](../guides/describe-your-api.md) leads from an API's documentation to a dialect of it; the
        pages under [dialects](dialects) show those that are built in. This is a whole one:
        """

    static let file = """
        ## The file

        A strict subset of YAML 1.2, up to 1 MiB and 32 levels: block and flow (`{}`, `[]`) mappings and lists, plain,
        `'single'`- and `"double"`-quoted texts on one line, `|` and `>` blocks, comments. JSON is within it.

        Refused, with what to write instead: anchors, aliases, tags, merge keys, directives, `?` keys, several documents,
        tabs as indentation, duplicate keys, control characters, `yes`/`no`/`on`/`off`, `True`, numbers such as `0123`,
        `0x1F` and `1_000`, and plain texts with `, ` or `: ` where those mean something. Scalars are `null`, `true`,
        `false`, integers, numbers and text.

        A lifetime is a whole number and `s`, `m`, `h` or `d` (`30m`), or `$name` of a setting. An editor that knows
        JSON Schema completes and checks a file whose first line is
        `# yaml-language-server: $schema=https://watchword.example/dialect.schema.json`, with the place of
        [dialect.schema.json](dialect.schema.json), which `watchword dialect schema` prints, in place of that URL.
        """

    static let sections = """
        An unknown section or key is an error, with the likely meaning. The examples of this part, put together, are one
        dialect.
        """

    static func sections(_ name: String) -> String? {
        switch name {
        case "settings":
            """
            A value of the environment must be a positive whole number, or the dialect does not load. `$name` is written
            where a lifetime stands.
            """
        case "tokens":
            """
            - The claims of a JWT are a tree of literals and of `$user.MEMBER`, `$iat`, `$exp`, `$jti`, `$iss` and
              `$session.id`, with the filters `str` and `opt`, `$if`, and texts with `${...}` in them. `exp: $exp` must be
              among them unless the `ttl` is `never`. A `sub` is always text. A `jti` is added unless one is written or the
              set is `closed: true`, in which case it needs `iat`.
            - A refresh token under `use: rotate` is exchanged once; an old one shown again ends the session, except within
              `reuse_grace`. Under `use: reuse` it lives to its own end.
            - `verify` and `reset` are opaque and used once.
            """
        case "mail":
            """
            A link into this server (`${request.base_url}/...`) leads to a [hosted page](../guides/hosted-pages.md), which
            answers at its path unless a route of the dialect does. Such a page asks before it does anything: a program that
            opens links for its reader does not use it up, as it would a GET route. Any other link leads to a front end,
            which calls the routes.
            """
        case "pages":
            """
            Every realm has [hosted pages](../guides/hosted-pages.md), with or without this section: it says what they call
            things. `agents` cannot be what pages have for themselves:
            \(PagesTerms.ownSegments.sorted().map { "`\($0)`" }.joined(separator: ", ")).
            """
        case "credentials":
            """
            Each carrier names one place (`header`, `query`, `cookie`, `basic` or `body`) and what it `takes`. A credential
            that is present and invalid fails the request, whatever else it carries. An empty header counts as absent.
            """
        case "messages": "The rules, and what breaks each, are [below](#rules)."
        case "errors": "The codes, and which answers for which, are [below](#refusals)."
        case "views": "A view stands in a reply as `{$view: NAME}`, and may hold others."
        case "routes":
            """
            A path is made of literal pieces and of parameters, which are whole pieces: `/users/{id}`. HEAD and OPTIONS are
            answered by the server. A source is a member of the body by its dotted path (`email`, `user.email`), or
            `query.NAME`, `header.NAME`, `cookie.NAME`, `path.NAME`, `basic.username`, `basic.password`; a list means the
            first that is present. What acts for somebody needs `auth:`.

            A list of routes under one method and path are its cases: the first whose `when` fits is taken, and a request
            that fits none ends in `unmatched_case`. `when` asks for values of sources, or of names that `with` declares:
            `when: {grant_type: password}`, `when: {query.mode: [a, b]}`, `when: {token: {present: true}}`.
            """
        case "sockets":
            """
            A message is a [tree](#trees): a bare text is sent as that text, all else as JSON. What a client sends fits where
            it holds at least what is written, each literal equal; nothing but `$takes.access` as a whole is a message that
            is the token. `auth` is the name of `credentials`, a list of names and carriers, one carrier, or a mapping with
            `first_message` or `any`; beside either, `ticket` and `again`. A credential that is present and invalid refuses,
            whatever else is there.

            Before the socket opens a refusal is `http` with `body` for who does not authenticate, and the dialect's own words
            for all else; once it is open it is `send` and `close`. A refusal of load is 1013 and a fault of ours 1011 instead.

            A revoked key or session, a disabled account and a removed agent end a socket whatever `close_when` says. Left out
            of it, `token_expired` ends none: the session's end does. A list keeps the codes of [sockets](sockets.md); a mapping
            gives each event a code, or `{close, send}`.

            For a ticket a route does `create_ticket` with `in: {socket: /path/{id}}`: the path of a socket of this file, whose
            parameters are those of the route.
            """
        default: nil
        }
    }

    static let replies = """
        What is granted has a status of its own and its body; a refusal likewise, under `errors`. 204, 205 and 304 have no
        body. No `body` means none, `body: null` the JSON `null`. Members keep their order and values their type. A list of
        replies is told apart by `when`, and the last needs none.
        """

    static let trees = """
        | Written | Means |
        | --- | --- |
        | `$user.email` | that value, with its type |
        | `"Hello ${user.name}"` | text with values in it |
        | `$$x`, `$${x}` | a literal `$x`, `${x}` |
        | `$user.created_at\\|iso_ms` | a value written by a [filter](#filters) |
        | `name: $user.name\\|opt` | a member that is left out where there is no value |
        | `{$view: NAME}` | a tree of `views` |
        | `{$if: $agent.online, then: ..., else: ...}` | a choice by presence and truth: absent, `false`, `0` and `""` are no |
        | `{$if: $user.role, is: admin, then: ..., else: ...}` | a choice by a value |
        | `{$each: $agents, do: ...}` | a list; the item in hand is `$it` |
        | `{$group: $errors, by: field, take: first, do: ...}` | an object with a member for each `$it.field`: the `first` item of that name, or a list of `all` |
        """

    static let names = """
        Which of these a reply may name follows from its [operation](#operations), less what the dialect does not issue: no
        `$refresh` without `tokens.refresh`, no `$api_key` but where a key is made or `shown: always`, no `$user.role`
        without `roles`. Passwords, hashes and one-time tokens have no name.
        """

    static let filters = "A filter stands behind a name: `$user.created_at|epoch`. Several are applied in their order."

    static let operations = """
        What a route can `do`. Inputs with `*` must be in `in:`; operations with † act for somebody, so that their route
        needs `auth:`. Beside what is listed, every route can end in what [any request](#refusals) can.
        """

    static let rules = "What can be wrong with an input, under these names in `messages`."

    static let refusals = """
        Every expected "no" has a code. Codes form a tree, and one without words is answered by its parent's, which also
        hides: a disabled account looks like a wrong password unless the dialect says otherwise. The words are sought code
        by code up the tree, the route's before the dialect's at each. Words that are inherited keep the status that HTTP
        itself gives the case; [refusals](refusals.md) lists those. A dialect is complete when every code that its routes
        can end in finds words: mapping `error` alone is enough.
        """

    static let checking = """
        ## What loading says

        Errors and notes print as `file:line:column: error: text`, errors of syntax first, then by section. Columns count
        characters. All errors are told at once. Notes are for what is legal but risky: keys shown always, credentials in
        query strings or cookies, passwords under 8 characters or on the common list, tokens that never end, no way to end
        a session, to recover an account or to revoke a key, sessions prolonged without `session: {max: ...}`, GET links,
        form logins, sockets that a cookie opens, and things that are written and used nowhere.

        `watchword dialect show NAME` prints the dialect as it was understood, as canonical JSON: views put in, lifetimes
        read from the environment, members in the order above. It is a dialect file itself.
        """
}
