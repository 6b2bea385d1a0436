// swift-format-ignore-file
// Made by scripts/embed-dialects from Dialects/authspec/dialect.yaml.

extension EmbeddedDialects {
    static let authspec = ##"""
dialect: 1
name: authspec
version: "1"
describe: API Authentication Specification

keys:
  main: {alg: HS256, env: JWT_SECRET, min_bytes: 32}
users:
  id: uuid
  login: [email]
  roles: [user, admin]
password: {min: 8, max: 128}

tokens:
  access: {kind: jwt, key: main, ttl: 1h, claims: {sub: $user.id, iat: $iat, exp: $exp}}
  verify: {kind: opaque, ttl: 24h}
  # Not in the document, and no route takes it: the hosted pages do.
  reset:  {kind: opaque, ttl: 1h}

credentials:
  user: [{header: Authorization, scheme: Bearer, takes: access}]

errors:
  error:               {status: 400, body: {error: $error.message}}
  conflict:            {status: 400, body: {error: Email already registered}}
  invalid_credentials: {status: 400, body: {error: Invalid email or password}}
  wrong_password:      {status: 400, body: {error: Current password is incorrect}}
  unauthorized:        {status: 401, body: {error: Unauthorized}}
  forbidden:           {status: 403, body: {error: Forbidden}}
  insecure_transport:  {status: 403, body: {error: HTTPS required}}
  not_found:           {status: 404, body: {error: Not Found}}
  rate_limited:        {status: 429, headers: {Retry-After: $error.retry_after}, body: {error: Too many requests}}
  busy:                {status: 503, headers: {Retry-After: $error.retry_after}, body: {error: "Server is busy, try again later"}}
  internal:            {status: 500, body: {error: Internal Server Error}}

views:
  user: {id: $user.id, email: $user.email, role: $user.role}

routes:
  POST /api/auth/login:
    do: login
    take: json
    in: {email: email, password: password}
    reply: {status: 200, body: {token: $access.token, user: {$view: user}}}
  POST /api/auth/register:
    do: register
    take: json
    in: {email: email, password: password}
    reply:
      status: 200
      body: {message: "Registration successful. Please check your email to verify your account.", user: {id: $user.id, email: $user.email}}
  GET /api/auth/me:
    do: me
    auth: user
    reply: {status: 200, body: {user: {$view: user}}}
  POST /api/auth/change-password:
    do: change_password
    auth: user
    take: json
    in: {current_password: currentPassword, password: newPassword}
    reply: {status: 200, body: {message: Password changed successfully, token: $access.token}}
  POST /api/auth/logout:
    do: logout
    auth: user
    reply: {status: 200, body: {message: Logged out successfully}}
  GET /api/auth/verify-email:
    note: the document says that instructions are mailed, not the route. The mail's link leads to a page, which a program that opens links for its reader does not use up
    do: verify_email
    in: {token: query.token}
    reply: {status: 200, body: {message: Email verified successfully}}

mail:
  verify: {link: "${request.base_url}/verify-email?token={token}"}
  reset:  {link: "${request.base_url}/reset-password?token={token}"}
pages: {name: API Authentication}

"""##
}
