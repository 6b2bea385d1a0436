// swift-format-ignore-file
// Made by scripts/embed-dialects from Dialects/stratify/dialect.yaml.

extension EmbeddedDialects {
    static let stratify = ##"""
dialect: 1
name: stratify
version: "1"
describe: Stratify - access and refresh JWT pair, OAuth2 password form

settings:
  access_ttl:  {env: JWT_ACCESS_TOKEN_EXPIRE_MINUTES, unit: m, default: 30}
  refresh_ttl: {env: JWT_REFRESH_TOKEN_EXPIRE_DAYS, unit: d, default: 7}
keys:
  main: {alg: HS256, alg_env: JWT_ALGORITHM, env: JWT_SECRET_KEY, min_bytes: 32}

users:
  id: int
  login: [email]
  require: [email, username]
  fields:
    display_name: {type: string}
    avatar_url:   {type: string}
    theme:        {type: string, default: dark}
    is_premium:   {type: bool, default: false}
password: {min: 8, max: 128}
# Not in the document: each rotation would give seven days more, without end.
session: {max: 90d}

tokens:
  access:  {kind: jwt, key: main, ttl: $access_ttl,  claims: {sub: $user.id|str, type: access, iat: $iat, exp: $exp}}
  refresh: {kind: jwt, key: main, ttl: $refresh_ttl, claims: {sub: $user.id|str, type: refresh, iat: $iat, exp: $exp, jti: $jti}, use: rotate, reuse_grace: 0s}
  # Not in the document, and no route takes them: the hosted pages do.
  verify:  {kind: opaque, ttl: 24h}
  reset:   {kind: opaque, ttl: 1h}

credentials:
  user: [{header: Authorization, scheme: Bearer, takes: access}]

messages:
  required: {code: missing, message: Field required}
  type:     {code: string_type, message: Input should be a valid string}
  min:      {code: string_too_short, message: "String should have at least ${it.min} characters"}
  max:      {code: string_too_long, message: "String should have at most ${it.max} characters"}
  email:    {code: value_error, message: value is not a valid email address}
  username: {code: value_error, message: "Value error, Username must be 1 to 64 characters without @"}
  common:   {code: value_error, message: "Value error, Password is too common"}
  json:     {code: json_invalid, message: JSON decode error}

errors:
  error:               {status: 400, body: {detail: $error.message}}
  validation:
    status: 422
    body: {detail: {$each: $errors, do: {type: $it.code, loc: $it.loc, msg: $it.message}}}
  email_taken:         {status: 400, body: {detail: Email already registered}}
  username_taken:      {status: 400, body: {detail: Username already taken}}
  invalid_credentials: {status: 401, headers: {WWW-Authenticate: Bearer}, body: {detail: Incorrect email or password}}
  invalid_refresh:     {status: 401, body: {detail: Invalid refresh token}}
  unauthorized:        {status: 401, headers: {WWW-Authenticate: Bearer}, body: {detail: Could not validate credentials}}
  forbidden:           {status: 403, body: {detail: Forbidden}}
  not_found:           {status: 404, body: {detail: Not Found}}
  rate_limited:        {status: 429, headers: {Retry-After: $error.retry_after}, body: {detail: Too many requests}}
  busy:                {status: 503, headers: {Retry-After: $error.retry_after}, body: {detail: "Server is busy, try again later"}}
  internal:            {status: 500, body: {detail: Internal Server Error}}

views:
  profile:
    id: $user.id
    email: $user.email
    username: $user.username
    display_name: $user.display_name
    avatar_url: $user.avatar_url
    theme: $user.theme
    is_verified: $user.email_verified
    is_premium: $user.is_premium
  pair: {access_token: $access.token, refresh_token: $refresh.token, token_type: bearer}

routes:
  POST /api/v1/auth/register:
    do: register
    take: json
    in: {email: email, username: username, password: password}
    reply: {status: 201, body: {$view: profile}}
  POST /api/v1/auth/login:
    do: login
    take: form
    in: {email: username, password: password}
    reply: {status: 200, body: {$view: pair}}
  POST /api/v1/auth/refresh:
    do: refresh
    take: [json, form]
    in: {refresh_token: refresh_token}
    reply: {status: 200, body: {$view: pair}}
  GET /api/v1/auth/me:
    do: me
    auth: user
    reply: {status: 200, body: {$view: profile}}

mail:
  verify: {link: "${request.base_url}/verify-email?token={token}"}
  reset:  {link: "${request.base_url}/reset-password?token={token}"}
pages: {name: Stratify}

"""##
}
