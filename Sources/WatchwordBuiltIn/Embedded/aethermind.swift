// swift-format-ignore-file
// Made by scripts/embed-dialects from Dialects/aethermind/dialect.yaml.

extension EmbeddedDialects {
    static let aethermind = ##"""
dialect: 1
name: aethermind
version: "1"
describe: AethermindOS - JWT for people, X-API-Key for scripts

keys:
  main: {alg: HS256, env: JWT_SECRET, min_bytes: 32}

users:
  id: cuid
  login: [email]
  fields:
    plan: {type: string, default: free}
password: {min: 8, max: 128}

tokens:
  # The document names the whole claim set, so nothing may be added to it.
  access: {kind: jwt, key: main, ttl: 7d, closed: true, claims: {userId: $user.id, email: $user.email, iat: $iat, exp: $exp}}
  verify: {kind: opaque, ttl: 24h}
  reset:  {kind: opaque, ttl: 1h}
api_keys: {prefix: aethermind_, bytes: 32, encoding: hex, shown: once, issue_on_signup: true, usage_limit: 100}

credentials:
  caller:
    - {header: Authorization, scheme: Bearer, takes: access}
    - {header: X-API-Key, takes: api_key}

errors:
  error:               {status: 400, body: {error: $error.message}}
  conflict:            {status: 409, body: {error: User already exists}}
  invalid_credentials: {status: 401, body: {error: Invalid credentials}}
  unauthorized:        {status: 401, body: {error: Unauthorized}}
  forbidden:           {status: 403, body: {error: Forbidden}}
  not_found:           {status: 404, body: {error: Not found}}
  rate_limited:        {status: 429, headers: {Retry-After: $error.retry_after}, body: {error: "Too many authentication attempts, please try again later"}}
  quota_exceeded:      {status: 429, body: {error: Usage limit reached}}
  busy:                {status: 503, headers: {Retry-After: $error.retry_after}, body: {error: "Service busy, please try again later"}}
  internal:            {status: 500, body: {error: Internal server error}}

routes:
  POST /api/auth/signup:
    do: register
    take: json
    in: {email: email, password: password, name: name}
    reply:
      status: 201
      body:
        token: $access.token
        user:
          id: $user.id
          email: $user.email
          name: $user.name
          plan: $user.plan
          apiKey: $api_key.secret
          emailVerified: $user.email_verified
          usageCount: $user.usage_count
          usageLimit: $user.usage_limit
  POST /api/auth/login:
    do: login
    take: json
    in: {email: email, password: password}
    reply:
      status: 200
      body:
        token: $access.token
        user: {id: $user.id, email: $user.email, plan: $user.plan, usageCount: $user.usage_count, usageLimit: $user.usage_limit}
  POST /api/auth/verify-email:
    do: verify_email
    take: json
    in: {token: token}
    reply: {status: 200, body: {success: true, message: Email verified successfully}}
    errors: {invalid_link: {status: 400, body: {error: Invalid or expired verification token}}}
  POST /api/auth/reset-request:
    do: request_reset
    take: json
    in: {email: email}
    reply: {status: 200, body: {success: true, message: "If that email exists, a reset link was sent"}}
  POST /api/auth/reset-password:
    do: reset_password
    take: json
    in: {token: token, password: password}
    reply: {status: 200, body: {message: Password reset successfully}}
    errors: {invalid_link: {status: 400, body: {error: Invalid or expired reset token}}}
  GET /api/agents:
    note: of the product; the document calls it only to show both headers
    do: list_agents
    auth: caller
    reply: {status: 200, body: {$each: $agents, do: {id: $it.id, name: $it.name}}}

mail:
  verify: {link: "${request.base_url}/verify-email?token={token}"}
  reset:  {link: "${request.base_url}/reset-password?token={token}"}
pages: {name: AethermindOS}

"""##
}
