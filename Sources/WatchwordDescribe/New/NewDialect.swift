import WatchwordCore

/// A dialect file made from the answers to `Question.all`; whatever they are, it has no mistake.
public struct NewDialect: Sendable {
    private let answers: [String: String]

    /// - Parameter answers: by the questions' names; what is not there is as if nobody answered.
    public init(_ answers: [String: String]) { self.answers = answers }

    private subscript(name: String) -> String {
        answers[name] ?? Question.all.first { $0.name == name }?.standing ?? ""
    }

    private func isYes(_ name: String) -> Bool { self[name] == "yes" }
    private var hasRefresh: Bool { ["rotate", "reuse"].contains(self["refresh"]) }
    private var isEmail: Bool { self["login"] != "username" }

    /// A member's name as the API writes names.
    private func wire(_ name: String) -> String {
        guard self["names"] == "camelCase" else { return name }
        let words = name.split(separator: "_")
        return words.prefix(1).joined() + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    public var text: String {
        ([head, tokens, mail] + (isYes("api_keys") ? [keys] : []) + [credentials, errors, views, routes])
            .filter { !$0.isEmpty }
            .joined(separator: "\n")
    }

    private var head: String {
        let login = self["login"] == "either" ? "email, username" : self["login"]
        let required = self["login"] == "username" && (isYes("verify") || isYes("reset")) ? "username, email" : login
        return """
            dialect: 1
            name: \(YAMLText.scalar(self["name"]))
            version: "1"
            describe: \(YAMLText.scalar("The API of \(self["name"])"))

            \(self["token"] == "jwt" ? "keys:\n  main: {alg: HS256, env: JWT_SECRET, min_bytes: 32}\n" : "")users:
              id: \(self["ids"])
              login: [\(login)]
              require: [\(required)]
            password: {min: 8, max: 128}
            # No session is longer, whatever is renewed or rotated.
            session: {max: 90d}

            """
    }

    private var tokens: String {
        let ttl = self["access_ttl"]
        let claims = "claims: {sub: $user.id, iat: $iat, exp: $exp}"
        var lines = ["tokens:"]
        lines.append(
            self["token"] == "jwt"
                ? "  access:  {kind: jwt, key: main, ttl: \(ttl), \(claims)}" : "  access:  {kind: opaque, ttl: \(ttl)}"
        )
        if hasRefresh {
            lines.append("  refresh: {kind: opaque, ttl: \(self["refresh_ttl"]), use: \(self["refresh"])}")
        }
        if isYes("verify") { lines.append("  verify:  {ttl: 24h}") }
        if isYes("reset") { lines.append("  reset:   {ttl: 1h}") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The links lead to pages of the server, until the API's own front end takes them.
    private var mail: String {
        var lines: [String] = []
        if isYes("verify") { lines.append(#"  verify: {link: "${request.base_url}/verify-email?token={token}"}"#) }
        if isYes("reset") { lines.append(#"  reset:  {link: "${request.base_url}/reset-password?token={token}"}"#) }
        return lines.isEmpty ? "" : "mail:\n" + lines.joined(separator: "\n") + "\n"
    }

    private var keys: String {
        "api_keys: {prefix: \(YAMLText.scalar(self["name"].prefix(8) + "_")), bytes: 32, encoding: base62}\n"
    }

    private var credentials: String {
        var text = """
            credentials:
              user:
                - {header: Authorization, scheme: Bearer, takes: access}

            """
        if isYes("api_keys") {
            text += "    - {header: X-API-Key, takes: api_key}\n"
            text += "  session: [{header: Authorization, scheme: Bearer, takes: access}]\n"
        }
        return text
    }

    /// What routes about a session take.
    private var session: String { isYes("api_keys") ? "session" : "user" }

    // MARK: Replies

    private func body(_ code: String, _ message: String) -> String {
        switch self["errors"] {
        case "detail": "{detail: \(message)}"
        case "code": "{code: \(code), message: \(message)}"
        case "list": "{errors: [{code: \(code), message: \(message)}]}"
        case "problem": "{type: \"about:blank\", title: \(message), status: $error.status}"
        default: "{error: \(message)}"
        }
    }

    private var errors: String {
        let validation =
            switch self["errors"] {
            case "detail": "{detail: {$each: $errors, do: {loc: $it.loc, msg: $it.message, type: $it.code}}}"
            case "code":
                "{code: validation, message: $error.message, fields: {$each: $errors, do: {field: $it.field, message: $it.message}}}"
            case "list": "{errors: {$each: $errors, do: {code: $it.code, field: $it.field, message: $it.message}}}"
            default: body("validation", "$error.message")
            }
        let slow = "headers: {Retry-After: $error.retry_after}, "
        return """
            errors:
              error:               {status: 400, body: \(body("$error.code", "$error.message"))}
              validation:          {status: 422, body: \(validation)}
              conflict:            {status: 409, body: \(body("taken", "$error.message"))}
              unauthorized:        {status: 401, body: \(body("unauthorized", "Unauthorized"))}
              invalid_credentials: {status: \(self["wrong_password"]), body: \(body("invalid_credentials", "Invalid credentials"))}
              rate_limited:        {status: 429, \(slow)body: \(body("rate_limited", "Too many requests"))}

            """
    }

    private var views: String {
        var user = ["id: $user.id"]
        if isEmail || isYes("verify") || isYes("reset") { user.append("email: $user.email") }
        if self["login"] != "email" { user.append("username: $user.username") }
        if isYes("verify") { user.append("\(wire("email_verified")): $user.email_verified") }
        user.append("\(wire("created_at")): $user.created_at")
        var pair = ["\(wire("access_token")): $access.token", "\(wire("token_type")): bearer"]
        pair.append("\(wire("expires_in")): $access.expires_in")
        if hasRefresh, self["refresh"] == "rotate" { pair.append("\(wire("refresh_token")): $refresh.token") }
        return """
            views:
              user: {\(user.joined(separator: ", "))}
              pair: {\(pair.joined(separator: ", "))}

            """
    }

    // MARK: Routes

    private var routes: String { (["routes:"] + people + links + programs).joined(separator: "\n") + "\n" }

    private func route(_ heading: String, _ lines: String...) -> String {
        let (method, path) = (heading.prefix { $0 != " " }, heading.drop { $0 != " " }.dropFirst())
        return
            (["  \(YAMLText.heading("\(method) \(self["prefix"])\(path)")):"]
            + lines.filter { !$0.isEmpty }.map { "    " + $0 })
            .joined(separator: "\n")
    }

    private var people: [String] {
        let take = ["form": "form", "both": "[json, form]"][self["body"]] ?? "json"
        let handle =
            ["username": "username: username", "either": "identity: login"][self["login"]] ?? "email: email"
        var handles: [String] = []
        if isEmail || isYes("verify") || isYes("reset") { handles.append("email: email") }
        if self["login"] != "email" { handles.append("username: username") }
        // A refresh token that is not exchanged is given once, at sign-in.
        let pair =
            self["refresh"] == "reuse"
            ? "{\(wire("access_token")): $access.token, \(wire("token_type")): bearer, \(wire("refresh_token")): $refresh.token}"
            : "{$view: pair}"
        var routes = [
            route(
                "POST /register", "do: register", "take: json",
                "in: {\((handles + ["password: password"]).joined(separator: ", "))}",
                "reply: {status: 201, body: {$view: user}}"),
            route(
                "POST /login", "do: login", "take: \(take)", "in: {\(handle), password: password}",
                "reply: {status: 200, body: \(pair)}"),
        ]
        if hasRefresh {
            routes.append(
                route(
                    "POST /refresh", "do: refresh", "take: json", "in: {refresh_token: \(wire("refresh_token"))}",
                    "reply: {status: 200, body: {$view: pair}}"))
        } else if self["refresh"] == "renew" {
            routes.append(
                route(
                    "POST /refresh", "do: renew", "auth: \(session)", "reply: {status: 200, body: {$view: pair}}"))
        }
        return routes + [
            route("POST /logout", "do: logout", "auth: \(session)", "reply: {status: 204}"),
            route("GET /me", "do: me", "auth: user", "reply: {status: 200, body: {$view: user}}"),
            route(
                "POST /password", "do: change_password", "auth: \(session)", "take: json",
                "in: {current_password: \(wire("current_password")), password: \(wire("new_password"))}",
                "reply: {status: 204}"),
        ]
    }

    private var links: [String] {
        var routes: [String] = []
        if isYes("verify") {
            routes.append(
                route(
                    "POST /verify", "do: verify_email", "take: json", "in: {token: token}", "reply: {status: 204}"))
            routes.append(
                route(
                    "POST /verify/request", "do: request_verify", "take: json", "in: {email: email}",
                    "reply: {status: 202}"))
        }
        if isYes("reset") {
            routes.append(
                route(
                    "POST /reset/request", "do: request_reset", "take: json", "in: {email: email}",
                    "reply: {status: 202}"))
            routes.append(
                route(
                    "POST /reset", "do: reset_password", "take: json", "in: {token: token, password: password}",
                    "reply: {status: 204}"))
        }
        return routes
    }

    private var programs: [String] {
        guard isYes("api_keys") else { return [] }
        let made = wire("created_at")
        return [
            route(
                "POST /keys", "do: create_api_key", "auth: session", "take: json", "in: {name: name}",
                "reply: {status: 201, body: {id: $api_key.id, key: $api_key.secret, name: $api_key.name}}"),
            route(
                "GET /keys", "do: list_api_keys", "auth: session",
                "reply: {status: 200, body: {keys: {$each: $api_keys, do: {id: $it.id, name: $it.name, \(made): $it.created_at}}}}"
            ),
            route(
                "DELETE /keys/{id}", "do: revoke_api_key", "auth: session", "in: {id: path.id}", "reply: {status: 204}"),
        ]
    }
}
