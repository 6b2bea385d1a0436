/// An example of each section. Put together they are one dialect, which a test loads.
public enum LanguageExamples {
    public static let sections: [(name: String, text: String)] = [
        ("dialect", "dialect: 1"),
        ("name", "name: shop"),
        ("version", #"version: "2""#),
        ("describe", "describe: The shop's accounts"),
        (
            "settings",
            """
            settings:
              access_ttl: {env: ACCESS_MINUTES, unit: m, default: 30}
            """
        ),
        (
            "keys",
            """
            keys:
              main: {alg: HS256, env: JWT_SECRET, min_bytes: 32}
            """
        ),
        (
            "users",
            """
            users:
              id: uuid
              login: [email, username]
              require: [email]
              roles: [customer, clerk]
              administrators: [clerk]
              fields:
                theme:      {type: string, default: dark, max: 40}
                newsletter: {type: bool, default: false}
            """
        ),
        ("password", "password: {min: 10, max: 128}"),
        ("session", "session: {max: 30d}"),
        (
            "tokens",
            """
            tokens:
              access:
                kind: jwt
                key: main
                ttl: $access_ttl
                claims: {sub: $user.id, role: $user.role, iat: $iat, exp: $exp}
              refresh: {kind: opaque, ttl: 7d, use: rotate, reuse_grace: 5s}
              verify:  {ttl: 24h}
              reset:   {ttl: 1h}
            """
        ),
        ("api_keys", "api_keys: {prefix: shop_, bytes: 32, encoding: base62}"),
        (
            "mail",
            """
            mail:
              verify: {link: "${request.base_url}/verify?token={token}"}
              reset:  {link: "https://shop.example/reset?token={token}"}
            """
        ),
        ("pages", "pages: {name: The Shop, agent: till, agents: tills}"),
        (
            "credentials",
            """
            credentials:
              user:
                - {header: Authorization, scheme: Bearer, takes: access}
                - {header: X-API-Key, takes: api_key}
              session: [{header: Authorization, scheme: Bearer, takes: access}]
            """
        ),
        (
            "messages",
            """
            messages:
              required: {code: missing, message: "${it.field} is missing"}
              min:      {code: short, message: "at least ${it.min} characters"}
            """
        ),
        ("slash", "slash: optional"),
        ("times", "times: iso_ms"),
        ("content_type", "content_type: application/json"),
        ("cors", "cors: {origins: [\"https://shop.example\"]}"),
        ("limits", "limits: {attempts: 10/5m, mailbox: 3/1h}"),
        (
            "errors",
            """
            errors:
              error:        {status: 400, body: {error: $error.code, message: $error.message}}
              validation:
                status: 422
                body:
                  error: invalid
                  fields: {$each: $errors, do: {field: $it.field, code: $it.code, message: $it.message}}
              conflict:     {status: 409, body: {error: taken, message: $error.message}}
              unauthorized:
                status: 401
                headers: {WWW-Authenticate: Bearer}
                body: {error: unauthorized, message: Sign in first}
              rate_limited:
                status: 429
                headers: {Retry-After: $error.retry_after}
                body: {error: slow_down, message: Too many requests}
            """
        ),
        (
            "views",
            """
            views:
              user: {id: $user.id, email: $user.email, name: $user.name|opt, role: $user.role, since: $user.created_at}
              pair: {token: $access.token, expires_in: $access.expires_in, refresh_token: $refresh.token}
            """
        ),
        (
            "routes",
            """
            routes:
              POST /users:
                do: register
                take: json
                in: {email: email, password: password, name: profile.name, fields.theme: profile.theme}
                reply: {status: 201, body: {user: {$view: user}}}
              POST /token:
                - when: {grant_type: password}
                  do: login
                  take: [json, form]
                  in: {identity: username, password: password}
                  reply: {status: 200, body: {$view: pair}}
                  errors: {invalid_credentials: {status: 400, body: {error: invalid_grant}}}
                - when: {grant_type: refresh_token}
                  do: refresh
                  take: [json, form]
                  in: {refresh_token: refresh_token}
                  reply: {status: 200, body: {$view: pair}}
              GET /users/me:
                do: me
                auth: user
                reply: {status: 200, body: {$view: user}}
              GET /users:
                do: list_users
                auth: user
                in: {page: query.page, per_page: query.per_page}
                reply:
                  status: 200
                  body: {total: $total, users: {$each: $users, do: {id: $it.id, email: $it.email}}}
              POST /logout:
                do: logout
                auth: session
                reply: {status: 204}
              POST /verify:
                do: verify_email
                take: json
                in: {token: token}
                reply: {status: 204}
              POST /reset:
                do: request_reset
                take: json
                in: {email: email}
                reply: {status: 202, body: {message: If the address is known a mail is on its way}}
              POST /reset/confirm:
                do: reset_password
                take: json
                in: {token: token, password: password}
                reply: {status: 204}
              POST /keys:
                do: create_api_key
                auth: session
                take: json
                in: {name: name}
                reply: {status: 201, body: {id: $api_key.id, key: $api_key.secret}}
              DELETE /keys/{id}:
                do: revoke_api_key
                auth: session
                in: {id: path.id}
                reply: {status: 204}
            """
        ),
    ]

    /// Sections that the one dialect does without, each as it would stand in it.
    public static let others: [(name: String, text: String)] = [
        ("todo", "todo: [say how long a token lasts]"),
        (
            "sockets",
            """
            sockets:
              /live:
                do: connect_user
                auth: {any: [session, {query: token, takes: access}], again: {type: auth, token: $takes.access}}
                accepted: {type: hello, id: $user.id}
                refused: {http: 401, body: {error: unauthorized}, send: {type: error}, close: 4401}
                alive: {ping: {type: ping}, pong: {type: pong}}
                close_when: {session_revoked: 4001, token_expired: {send: {type: expired}, close: 4002}}
              /agents/{id}:
                do: connect_agent
                auth: {first_message: {key: $takes.api_key}, within: 5s}
                owns: {agent: path.id}
                relay: user
            """
        ),
        (
            "accept",
            """
            accept:
              passwords: [bcrypt, django_pbkdf2]
            """
        ),
    ]

    /// The smallest dialect of use: sign-up, sign-in, and who one is.
    public static let small = """
        dialect: 1
        name: small
        keys:
          main: {alg: HS256, env: JWT_SECRET}
        tokens:
          access: {kind: jwt, key: main, ttl: 1h, claims: {sub: $user.id, iat: $iat, exp: $exp}}
        credentials:
          user: [{header: Authorization, scheme: Bearer, takes: access}]
        errors:
          error:        {status: 400, body: {error: $error.message}}
          unauthorized: {status: 401, body: {error: Unauthorized}}
        routes:
          POST /signup:
            do: register
            take: json
            in: {email: email, password: password}
            reply: {status: 201, body: {id: $user.id, email: $user.email}}
          POST /login:
            do: login
            take: json
            in: {email: email, password: password}
            reply: {status: 200, body: {token: $access.token}}
          GET /me:
            do: me
            auth: user
            reply: {status: 200, body: {id: $user.id, email: $user.email}}
        """

    /// The whole of `sections` as one file.
    public static var file: String { sections.map(\.text).joined(separator: "\n") + "\n" }

    static func text(of section: String) -> String? {
        (sections + others).first { $0.name == section }?.text
    }
}
