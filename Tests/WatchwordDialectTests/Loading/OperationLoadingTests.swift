import Testing
import WatchwordCore
import WatchwordDialect

/// A route of each operation with all that it needs, and what is said where a part of that is not there.
@Suite("What each operation needs of its route")
struct OperationLoadingTests {
    /// A dialect that has everything an operation may work on.
    static let sections = """
        users: {id: uuid, login: [email, username], roles: [user, admin], administrators: [admin], fields: {theme: {type: string}}}
        tokens: {access: {kind: opaque, ttl: 1h}, refresh: {kind: opaque, ttl: 1d, use: reuse}, verify: {ttl: 1h}, reset: {ttl: 1h}}
        api_keys: {usage_limit: 5}
        keys: {main: {alg: EdDSA}}
        """

    static func route(_ operation: Operation, without left: InputName? = nil, auth: Bool = true, body: String = "null")
        -> String
    {
        let signature = operation.signature
        var inputs = signature.required + signature.oneOf.prefix(1)
        if operation == .signUp { inputs.append(.email) }
        let bound = inputs.filter { $0 != left }.map { "\($0.text): \($0.text)" }.joined(separator: ", ")
        let caller = signature.acts && auth ? "auth: user, " : ""
        let take = bound.isEmpty ? "" : "take: json, in: {\(bound)}, "
        return
            "POST /x: {do: \(operation.rawValue), \(caller)\(take)reply: {status: 200, body: \(body)}}"
    }

    private func messages(_ route: String, _ sections: String = sections) -> [String] {
        Tiny.messages(sections, routes: route)
    }

    @Test("with all of it, it loads", arguments: Operation.allCases)
    func whole(operation: Operation) {
        #expect(messages(Self.route(operation)) == [])
    }

    @Test("an input that it needs is missed by its name", arguments: Operation.allCases)
    func inputs(operation: Operation) {
        let signature = operation.signature
        for input in signature.required {
            #expect(
                messages(Self.route(operation, without: input)) == [
                    "`\(operation.rawValue)` needs `\(input.text)` in `in:`"
                ])
        }
        guard let first = signature.oneOf.first else { return }
        let choices = signature.oneOf.map { "`\($0.text)`" }.joined(separator: ", ")
        #expect(
            messages(Self.route(operation, without: first)) == [
                "`\(operation.rawValue)` needs one of \(choices) in `in:`"
            ])
    }

    @Test("any one of several inputs is enough where one of them is needed", arguments: Operation.allCases)
    func anyOfThem(operation: Operation) {
        let signature = operation.signature
        guard let first = signature.oneOf.first else { return }
        for input in signature.oneOf {
            let route = Self.route(operation).replacing("\(first.text): \(first.text)", with: "\(input.text): x")
            #expect(messages(route) == [], "\(input.text)")
        }
    }

    @Test("a caller, where it acts for somebody", arguments: Operation.allCases)
    func caller(operation: Operation) {
        let told = messages(Self.route(operation, auth: false))
        let signature = operation.signature
        guard signature.acts else { return }
        // Some input may stand in for a caller.
        let standsIn = signature.actsOr.map { signature.required.contains($0) } ?? false
        let other = signature.actsOr.map { ", or `\($0.text)` in `in:`" } ?? ""
        #expect(told == (standsIn ? [] : ["`\(operation.rawValue)` acts for somebody: it needs `auth:`\(other)"]))
    }

    @Test("the section that it works on", arguments: Operation.allCases)
    func contract(operation: Operation) {
        let needed: (section: String, without: String)? =
            switch operation {
            case .refresh: ("tokens: {refresh: ...}", "refresh: {kind: opaque, ttl: 1d, use: reuse}, ")
            case .verifyEmail, .requestVerification: ("tokens: {verify: ...}", "verify: {ttl: 1h}, ")
            case .requestReset, .resetPassword: ("tokens: {reset: ...}", ", reset: {ttl: 1h}")
            case .createAPIKey, .listAPIKeys, .rotateAPIKey, .revokeAPIKey: ("api_keys", "api_keys: {usage_limit: 5}\n")
            default: nil
            }
        for (section, without) in [
            ("refresh", "refresh: {kind: opaque, ttl: 1d, use: reuse}, "), ("verify", "verify: {ttl: 1h}, "),
            ("reset", ", reset: {ttl: 1h}"), ("api_keys", "api_keys: {usage_limit: 5}\n"),
        ] {
            let told = messages(Self.route(operation), Self.sections.replacing(without, with: ""))
            let isNeeded = needed?.without == without
            #expect(
                told
                    == (isNeeded
                        ? ["`\(operation.rawValue)` needs `\(needed?.section ?? "")`, and the dialect has none"] : []),
                "without \(section)")
        }
    }

    @Test("a session, where it is about one", arguments: Operation.allCases)
    func session(operation: Operation) {
        let route = Self.route(operation).replacing("auth: user", with: "auth: [{header: X-Key, takes: api_key}]")
        let isAboutOne = [.renew, .changePassword, .signOut, .createTicket].contains(operation)
        #expect(
            messages(route)
                == (isAboutOne
                    ? ["`\(operation.rawValue)` is about a session: `auth:` must take an access token"] : []))
        let either = Self.route(operation).replacing(
            "auth: user", with: "auth: [{header: X-Key, takes: api_key}, user]")
        #expect(messages(either) == [])
    }

    /// What gives each name its value, by an example of it.
    private static let facts: [(OutputName, String)] = [
        (.user, "$user.id"), (.access, "$access.token"), (.refresh, "$refresh.token"), (.session, "$session.id"),
        (.agent, "$agent.id"), (.apiKey, "$api_key.id"), (.paging, "$total"), (.active, "$active"),
        (.ticket, "$ticket.token"), (.users, "{$each: $users, do: $it.id}"),
        (.sessions, "{$each: $sessions, do: $it.id}"), (.agents, "{$each: $agents, do: $it.id}"),
        (.apiKeys, "{$each: $api_keys, do: $it.id}"), (.keySet, "$keys"),
    ]

    @Test("a reply names what the operation gives, and nothing else", arguments: Operation.allCases)
    func outputs(operation: Operation) {
        #expect(Set(Self.facts.map(\.0)) == Set(OutputName.allCases))
        for (output, fact) in Self.facts {
            var gives = operation.signature.outputs.contains(output)
            // A key is made by these alone, unless it is always shown.
            if output == .apiKey, ![.createAPIKey, .rotateAPIKey, .introspect].contains(operation) { gives = false }
            // To a stranger it would tell whose the address is.
            if output == .user, operation.signature.callerIsEnough { gives = false }
            let told = messages(Self.route(operation, body: fact))
            #expect(told.isEmpty == gives, "\(output.rawValue): \(told)")
            #expect(told.count <= 1, "\(told)")
        }
    }

    @Test("a refresh under rotation gives the new token in each of its replies")
    func rotation() {
        let sections = Self.sections.replacing("use: reuse", with: "use: rotate")
        let missing = "the rotated token is never given: the reply has no `$refresh.token`"
        #expect(messages(Self.route(.refresh), sections) == [missing])
        #expect(messages(Self.route(.refresh, body: "$refresh.token"), sections) == [])
        #expect(messages(Self.route(.refresh, body: "{t: \"${refresh.token}\"}"), sections) == [])
        #expect(messages(Self.route(.refresh, body: "$refresh.expires_in"), sections) == [missing])
        let cookie = Self.route(.refresh).replacing("body: null", with: "cookies: {r: $refresh.token}")
        #expect(messages(cookie, sections) == [])
        let header = Self.route(.refresh).replacing("body: null", with: "headers: {X-Refresh: $refresh.token}")
        #expect(messages(header, sections) == [])
    }

    @Test("sign-up needs each identifier that `users` requires")
    func required() {
        let sections = Self.sections.replacing("roles:", with: "require: [username, email], roles:")
        #expect(messages(Self.route(.signUp), sections) == ["`register` needs `username` in `in:`"])
        #expect(
            messages(Self.route(.signUp).replacing("email: email", with: "username: u"), sections) == [
                "`register` needs `email` in `in:`"
            ])
    }

    @Test("a role is chosen at sign-up only where there are roles, and never one with power over others")
    func roles() {
        let route = Self.route(.signUp).replacing("email: email", with: "email: email, role: role")
        let loading = Dialect.load(text: Tiny.text(Self.sections, routes: route), file: "f") { _ in nil }
        #expect(
            loading.diagnostics.map(\.message).contains("whoever signs up chooses a role: `user`"))
        #expect(
            messages(route, Self.sections.replacing("roles: [user, admin], administrators: [admin], ", with: "")) == [
                "`role` chooses one of `users: {roles: ...}`, and there are none"
            ])
    }
}
