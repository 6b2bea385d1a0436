import Foundation
import Testing
import WatchwordCore
import WatchwordDescribe
import WatchwordDialect

@Suite("What a client could notice")
struct DifferenceTests {
    /// One change to a file, and what is said of it.
    struct Change: CustomTestStringConvertible, Sendable {
        var dialect = "stratify"
        var old: String
        var new: String
        var line: String
        var testDescription: String { line }
    }

    static let changes: [Change] = [
        // Routes and what they read
        Change(
            old: "  GET /api/v1/auth/me:", new: "  GET /api/v1/auth/whoami:",
            line: "breaking    GET /api/v1/auth/me: the route is gone"),
        Change(
            old: "  GET /api/v1/auth/me:", new: "  GET /api/v1/auth/whoami:",
            line: "compatible  GET /api/v1/auth/whoami: the route is new"),
        Change(
            old: "take: [json, form]", new: "take: json",
            line: "breaking    POST /api/v1/auth/refresh: takes no form body"),
        Change(
            old: "in: {refresh_token: refresh_token}", new: "in: {refresh_token: token}",
            line: "breaking    POST /api/v1/auth/refresh: reads no `refresh_token` from `refresh_token` of the body"),
        Change(
            old: "in: {refresh_token: refresh_token}", new: "in: {refresh_token: [refresh_token, token]}",
            line: "compatible  POST /api/v1/auth/refresh: reads `refresh_token` from `token` of the body"),
        Change(
            old: "require: [email, username]", new: "require: [email]",
            line: "compatible  POST /api/v1/auth/register: `username` is not required"),
        Change(
            dialect: "authspec", old: "login: [email]", new: "login: [email]\n  require: [email]",
            line: "a client can notice no difference"),
        Change(
            old: "[{header: Authorization, scheme: Bearer, takes: access}]",
            new: "[{header: X-Token, takes: access}]",
            line:
                "breaking    GET /api/v1/auth/me: takes no access token in the header `authorization` behind `Bearer`"),
        // Replies
        Change(
            old: "reply: {status: 201, body: {$view: profile}}", new: "reply: {status: 200, body: {$view: profile}}",
            line: "breaking    POST /api/v1/auth/register: status 200, was 201"),
        Change(
            old: "    theme: $user.theme\n", new: "",
            line: "breaking    GET /api/v1/auth/me: `theme` is gone"),
        Change(
            old: "    theme: $user.theme\n", new: "    theme: $user.theme\n    name: $user.name\n",
            line: "compatible  GET /api/v1/auth/me: `name` is new"),
        Change(
            old: "is_verified: $user.email_verified", new: "verified: $user.email_verified",
            line: "breaking    GET /api/v1/auth/me: `is_verified` is now called `verified`"),
        Change(
            old: "    id: $user.id\n", new: "    id: $user.id|str\n",
            line: "breaking    GET /api/v1/auth/me: `id` is a string, was an integer"),
        Change(
            old: "    theme: $user.theme\n", new: "    theme: $user.theme|opt\n",
            line: "breaking    GET /api/v1/auth/me: `theme` can be left out"),
        Change(
            old: "token_type: bearer}", new: "token_type: Bearer}",
            line: "behaviour   POST /api/v1/auth/login: `token_type` says \"Bearer\" where it said \"bearer\""),
        // Refusals
        Change(
            old: "  email_taken:         {status: 400", new: "  email_taken:         {status: 409",
            line: "breaking    errors, `email_taken`: status 409, was 400"),
        Change(
            old: "  invalid_refresh:     {status: 401, body: {detail: Invalid refresh token}}\n", new: "",
            line: "behaviour   errors, `invalid_refresh`: is told as `unauthorized`"),
        Change(
            old: "errors:\n",
            new: "errors:\n  account_disabled: {status: 401, body: {detail: Disabled}}\n",
            line: "behaviour   errors, `account_disabled`: is told, was hidden behind `invalid_credentials`"),
        Change(
            old: "    reply: {status: 200, body: {$view: pair}}\n  POST /api/v1/auth/refresh:",
            new:
                "    reply: {status: 200, body: {$view: pair}}\n    errors: {invalid_credentials: {status: 400, body: {detail: Wrong}}}\n  POST /api/v1/auth/refresh:",
            line: "breaking    POST /api/v1/auth/login, `invalid_credentials`: status 400, was 401"),
        // Tokens and terms
        Change(
            old: "{env: JWT_ACCESS_TOKEN_EXPIRE_MINUTES, unit: m, default: 30}",
            new: "{env: JWT_ACCESS_TOKEN_EXPIRE_MINUTES, unit: m, default: 60}",
            line: "behaviour   tokens.access.ttl: 1 hour, was 30 minutes"),
        Change(
            old: "claims: {sub: $user.id|str, type: access, iat", new: "claims: {sub: $user.id|str, typ: access, iat",
            line: "breaking    tokens.access.claims: `type` is gone"),
        Change(
            old: "reuse_grace: 0s", new: "reuse_grace: 5s",
            line: "behaviour   tokens.refresh.reuse_grace: 5 s, was 0 s"),
        Change(
            old: "alg: HS256, alg_env: JWT_ALGORITHM, env: JWT_SECRET_KEY, min_bytes: 32",
            new: "alg: HS512, env: JWT_SECRET_KEY, min_bytes: 64",
            line: "breaking    tokens.access: is signed with HS512, was with HS256"),
        Change(
            old: "min: 8, max: 128", new: "min: 10, max: 128", line: "breaking    password.min: 10 characters, was 8"),
        Change(old: "  id: int\n", new: "  id: uuid\n", line: "breaking    users.id: ids have another form"),
        Change(
            old: "routes:\n", new: "slash: optional\nroutes:\n",
            line: "compatible  slash: a slash at the end of a path is ignored"),
        Change(
            old: "message: Field required", new: "message: Missing",
            line: "behaviour   messages.required: is worded in another way"),
        Change(
            dialect: "vsay", old: "shown: always", new: "shown: always, prefix: v_",
            line: "behaviour   api_keys.prefix: `v_`, was ``"),
        Change(
            dialect: "vsay", old: "  /api/agents/{agent_id}/ws:", new: "  /api/agent/{agent_id}/ws:",
            line: "breaking    /api/agents/{agent_id}/ws: the socket is gone"),
        // Pages
        Change(
            old: "pages: {name: Stratify}", new: "pages: {name: Strata}",
            line: "behaviour   pages.name: the product is `Strata`"),
        Change(
            old: "pages: {name: Stratify}", new: "pages: {agent: agent}",
            line: "behaviour   pages.name: the product is called as its realm is"),
        Change(
            dialect: "vsay", old: "agent: machine, agents: machines", new: "agent: box, agents: machines",
            line: "behaviour   pages.agent: an agent is a `box`, was a `machine`"),
        Change(
            dialect: "vsay", old: "agent: machine, agents: machines", new: "agent: machine, agents: boxes",
            line: "behaviour   pages.agents: their pages are under `boxes`, were under `machines`"),
    ]

    @Test("each change is told with its weight", arguments: changes)
    func change(change: Change) throws {
        let text = try shippedText(change.dialect)
        let changed = text.replacingOccurrences(of: change.old, with: change.new)
        if change.line != "a client can notice no difference" { #expect(changed != text, "nothing was changed") }
        let difference = DialectDifference(from: try dialect(text), to: try dialect(changed))
        #expect(difference.text.split(separator: "\n").map(String.init).contains(change.line), "\(difference.text)")
        if change.line.hasPrefix("breaking") { #expect(difference.isBreaking) }
    }

    @Test("a dialect is not different from itself, and everything from another", arguments: shipped)
    func itself(name: String) throws {
        let one = try shippedDialect(name)
        #expect(DialectDifference(from: one, to: one).differences.isEmpty)
        #expect(!DialectDifference(from: one, to: one).isBreaking)
        for other in shipped where other != name {
            #expect(DialectDifference(from: one, to: try shippedDialect(other)).isBreaking)
        }
    }

    @Test("a comment, an order of sections and the name of a view are no difference")
    func unnoticed() throws {
        let text = try shippedText("stratify")
        let changed = "# A comment\n" + text.replacingOccurrences(of: "profile", with: "user_profile")
        #expect(DialectDifference(from: try dialect(text), to: try dialect(changed)).differences.isEmpty)
    }
}
