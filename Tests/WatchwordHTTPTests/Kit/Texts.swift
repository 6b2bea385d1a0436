import Logging
import WatchwordCore
import WatchwordDialect
import WatchwordTestKit

@testable import WatchwordHTTP

extension Speaking {
    /// A dialect with a bearer token, a session cookie and keys, as a browser application has them.
    static let browser = """
        dialect: 1
        name: browser
        version: "1"
        describe: an API for pages and programs
        keys: {main: {alg: HS256}}
        users: {id: uuid, login: [email], roles: [user, admin]}
        password: {min: 8, max: 128}
        tokens:
          access: {kind: jwt, key: main, ttl: 1h, claims: {sub: $user.id, iat: $iat, exp: $exp, jti: $jti}}
        credentials:
          user:
            - {header: Authorization, scheme: Bearer, takes: access}
            - {cookie: sid, takes: access}
        errors:
          error: {status: 400, body: {error: $error.code, id: $request.id}}
          unauthorized: {status: 401, body: {error: $error.code}}
        routes:
          POST /signup:
            do: register
            take: [json, form]
            in: {email: email, password: password}
            reply: {status: 201, body: {token: $access.token, id: $user.id}}
          POST /login:
            do: login
            take: [json, form]
            in: {email: email, password: password}
            reply:
              status: 200
              headers: {X-Request: $request.id}
              cookies: {sid: {value: $access.token, max_age: $access.expires_in}}
              body: {token: $access.token}
          GET /me: {do: me, auth: user, reply: {status: 200, body: {id: $user.id}}}
          POST /logout:
            do: logout
            auth: user
            reply: {status: 204, cookies: {sid: {clear: true}}}
        """
}

extension DialectResponder {
    /// The token of a new account at the browser's dialect.
    func browserToken(_ email: String = "ada@example.com") async -> String {
        let answer = await ask("POST", "/signup", json: #"{"email":"\#(email)","password":"correct horse battery"}"#)
        return JSON.parse(answer.body).value?["token"]?.string ?? answer.text
    }
}

extension Result {
    var value: Success? { if case .success(let value) = self { value } else { nil } }
}
