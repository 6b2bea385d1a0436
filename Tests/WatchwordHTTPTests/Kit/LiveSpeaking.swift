import Logging
import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordTestKit

@testable import WatchwordHTTP

extension Speaking {
    /// A dialect with a socket of each kind.
    static let live = """
        dialect: 1
        name: live
        version: "1"
        describe: sockets of each kind
        keys: {main: {alg: HS256}}
        users: {id: uuid, login: [email]}
        password: {min: 8, max: 128}
        tokens:
          access: {kind: jwt, key: main, ttl: 1h, claims: {sub: $user.id, iat: $iat, exp: $exp, jti: $jti}}
        api_keys: {prefix: live_, bytes: 24, encoding: base62, shown: once, bind: agent}
        credentials:
          user: [{header: Authorization, scheme: Bearer, takes: access}]
        errors:
          error: {status: 400, body: {error: $error.code}}
          unauthorized: {status: 401, body: {error: $error.code}}
          forbidden: {status: 403, body: {error: $error.code}}
          not_found: {status: 404, body: {error: $error.code}}
        routes:
          POST /signup:
            do: register
            take: json
            in: {email: email, password: password}
            reply: {status: 201, body: {token: $access.token, id: $user.id}}
          POST /login:
            do: login
            take: json
            in: {email: email, password: password}
            reply: {status: 200, body: {token: $access.token}}
          POST /logout: {do: logout, auth: user, reply: {status: 204}}
          POST /tickets:
            do: create_ticket
            auth: user
            take: json
            in: {socket: socket}
            reply: {status: 201, body: {ticket: $ticket.token}}
          POST /agents:
            do: register_agent
            auth: user
            take: json
            in: {name: name}
            reply: {status: 201, body: {id: $agent.id}}
          POST /keys:
            do: create_api_key
            auth: user
            take: json
            in: {agent_id: agent_id, name: name}
            reply: {status: 201, body: {id: $api_key.id, key: $api_key.secret}}
          DELETE /keys/{id}:
            do: revoke_api_key
            auth: user
            in: {id: path.id}
            reply: {status: 204}
        sockets:
          /first:
            do: connect_user
            auth: {first_message: {type: auth, token: $takes.access}, within: 2m, again: {type: again, token: $takes.access}}
            welcome: {type: welcome}
            accepted: {type: hello, user: $user.id}
            refused: {send: {type: "no"}, close: 4401}
            alive: {ping: ping, pong: pong}
          /live:
            do: connect_user
            auth:
              any: [{header: Authorization, scheme: Bearer, takes: access}, {query: token, takes: access}, {cookie: sid, takes: access}]
              ticket: ticket
            accepted: {type: hello, user: $user.id}
            refused: {http: 401, body: {error: refused}}
            subprotocols: [live.v2, live.v1]
          /lasting:
            do: connect_user
            auth: {query: token, takes: access}
            accepted: {type: hello}
            close_when: {session_revoked: {close: 4444, send: {type: bye}}}
          /agent:
            do: connect_agent
            auth: {first_message: {type: auth, key: $takes.api_key}, within: 2m}
            accepted: {type: hello, agent: $agent.id}
            refused: {send: {type: "no"}, close: 1008}
          /agents/{id}/watch:
            do: connect_user
            auth: {query: token, takes: access, ticket: ticket}
            owns: {agent: path.id}
            accepted: {type: watching, agent: $agent.id}
          /agents/{id}/ws:
            do: connect_agent
            auth: {header: X-API-Key, takes: api_key}
            owns: {agent: path.id}
            relay: user
          /agents/{id}/terminal:
            do: connect_user
            auth: {query: token, takes: access}
            owns: {agent: path.id}
            relay: agent
        """

    /// Serves it until `body` is done.
    func serving<Result: Sendable>(
        origins: [String] = [], requiresHTTPS: Bool = true, limits: SocketLimits = .patient,
        level: Logger.Level = .notice, _ body: @escaping @Sendable (Int) async throws -> Result
    ) async throws -> Result {
        let responder = responder(
            origins: origins, requiresHTTPS: requiresHTTPS, limits: limits, level: level)
        return try await echoing(responder: responder, clock: realm.clock) { port, _ in try await body(port) }
    }

    /// A new account's token and id.
    func signUp(_ email: String = "ada@example.com") async throws -> (token: String, id: String) {
        let answer = await responder().ask(
            "POST", "/signup", json: #"{"email":"\#(email)","password":"correct horse battery"}"#)
        let body = try #require(JSON.parse(answer.body).value, "\(answer.text)")
        return (try #require(body["token"]?.string), try #require(body["id"]?.string))
    }

    /// Another session's token of the same account.
    func signIn(_ email: String = "ada@example.com") async throws -> String {
        let answer = await responder().ask(
            "POST", "/login", json: #"{"email":"\#(email)","password":"correct horse battery"}"#)
        return try #require(JSON.parse(answer.body).value?["token"]?.string, "\(answer.text)")
    }

    /// A new agent with a key.
    func agent(of token: String) async throws -> (id: String, keyID: String, key: String) {
        let fields = [(name: "authorization", value: "Bearer \(token)")]
        let made = await responder().ask("POST", "/agents", fields, json: #"{"name":"web-1"}"#)
        let id = try #require(JSON.parse(made.body).value?["id"]?.string, "\(made.text)")
        let key = await responder().ask("POST", "/keys", fields, json: #"{"agent_id":"\#(id)","name":"k"}"#)
        let body = try #require(JSON.parse(key.body).value, "\(key.text)")
        return (id, try #require(body["id"]?.string), try #require(body["key"]?.string, "\(key.text)"))
    }

    func ticket(for socket: String, _ token: String, origin: String? = nil) async throws -> String {
        let fields = [(name: "authorization", value: "Bearer \(token)")] + (origin.map { [("origin", $0)] } ?? [])
        let answer = await responder().ask("POST", "/tickets", fields, json: #"{"socket":"\#(socket)"}"#)
        return try #require(JSON.parse(answer.body).value?["ticket"]?.string, "\(answer.text)")
    }
}
