// swift-format-ignore-file
// Made by scripts/embed-dialects from Dialects/fastapi-users/dialect.yaml.

extension EmbeddedDialects {
    static let fastapi_users = ##"""
dialect: 1
name: fastapi-users
version: "15"
describe: fastapi-users 15 - bearer transport and JWT strategy, the routers mounted as in its documentation

settings:
  access_ttl: {env: JWT_LIFETIME_SECONDS, unit: s, default: 3600}
keys:
  main: {alg: HS256, env: SECRET, min_bytes: 32}

users:
  id: uuid
  login: [email]
  roles: [user, superuser]
  administrators: [superuser]
password: {min: 3, max: 128}

tokens:
  access: {kind: jwt, key: main, ttl: $access_ttl, claims: {sub: $user.id, aud: ["fastapi-users:auth"], exp: $exp}}
  verify: {kind: opaque, ttl: 1h, send: on_request}
  reset:  {kind: opaque, ttl: 1h}

credentials:
  user: [{header: Authorization, scheme: Bearer, takes: access}]

messages:
  required: {code: missing, message: Field required}
  type:     {code: string_type, message: Input should be a valid string}
  email:    {code: value_error, message: "value is not a valid email address"}
  min:      {code: weak, message: "Password should be at least ${it.min} characters"}
  max:      {code: weak, message: "Password should be at most ${it.max} characters"}
  common:   {code: weak, message: Password is too common}
  json:     {code: json_invalid, message: JSON decode error}

errors:
  error:               {status: 400, body: {detail: $error.message}}
  validation:
    status: 422
    body: {detail: {$each: $errors, do: {type: $it.code, loc: $it.loc, msg: $it.message, input: $it.value}}}
  unsupported_media:
    status: 422
    body:
      detail:
        - {type: model_attributes_type, loc: [body], msg: Input should be a valid dictionary or object to extract fields from, input: null}
  email_taken:         {status: 400, body: {detail: REGISTER_USER_ALREADY_EXISTS}}
  invalid_credentials: {status: 400, body: {detail: LOGIN_BAD_CREDENTIALS}}
  email_not_verified:  {status: 400, body: {detail: LOGIN_USER_NOT_VERIFIED}}
  unauthorized:        {status: 401, body: {detail: Unauthorized}}
  forbidden:           {status: 403, body: {detail: Forbidden}}
  not_found:           {status: 404, body: {detail: Not Found}}
  method_not_allowed:  {status: 405, body: {detail: Method Not Allowed}}
  rate_limited:        {status: 429, headers: {Retry-After: $error.retry_after}, body: {detail: Too Many Requests}}
  internal:            {status: 500, body: {detail: Internal Server Error}}

views:
  user:
    id: $user.id
    email: $user.email
    is_active: $user.active
    is_superuser: {$if: $user.role, is: superuser, then: true, else: false}
    is_verified: $user.email_verified

routes:
  POST /auth/register:
    do: register
    take: json
    in: {email: email, password: password}
    reply: {status: 201, body: {$view: user}}
    errors:
      weak_password: {status: 400, body: {detail: {code: REGISTER_INVALID_PASSWORD, reason: $error.message}}}
  POST /auth/jwt/login:
    do: login
    take: form
    in: {email: username, password: password}
    reply: {status: 200, body: {access_token: $access.token, token_type: bearer}}
    errors:
      unsupported_media:
        status: 422
        body:
          detail:
            - {type: missing, loc: [body, username], msg: Field required, input: null}
            - {type: missing, loc: [body, password], msg: Field required, input: null}
  POST /auth/jwt/logout:
    do: logout
    auth: user
    reply: {status: 204}
  POST /auth/forgot-password:
    do: request_reset
    take: json
    in: {email: email}
    reply: {status: 202, body: null}
  POST /auth/reset-password:
    do: reset_password
    take: json
    in: {token: token, password: password}
    reply: {status: 200, body: null}
    errors:
      invalid_link:  {status: 400, body: {detail: RESET_PASSWORD_BAD_TOKEN}}
      weak_password: {status: 400, body: {detail: {code: RESET_PASSWORD_INVALID_PASSWORD, reason: $error.message}}}
  POST /auth/request-verify-token:
    do: request_verify
    take: json
    in: {email: email}
    reply: {status: 202, body: null}
  POST /auth/verify:
    do: verify_email
    take: json
    in: {token: token}
    reply: {status: 200, body: {$view: user}}
    errors:
      invalid_link:     {status: 400, body: {detail: VERIFY_USER_BAD_TOKEN}}
      already_verified: {status: 400, body: {detail: VERIFY_USER_ALREADY_VERIFIED}}
  GET /users/me:
    do: me
    auth: user
    reply: {status: 200, body: {$view: user}}
  PATCH /users/me:
    do: update_me
    auth: user
    take: json
    in: {email: email, password: password}
    reply: {status: 200, body: {$view: user}}
    errors:
      email_taken:   {status: 400, body: {detail: UPDATE_USER_EMAIL_ALREADY_EXISTS}}
      weak_password: {status: 400, body: {detail: {code: UPDATE_USER_INVALID_PASSWORD, reason: $error.message}}}
  GET /users/{id}:
    do: get_user
    auth: user
    in: {id: path.id}
    reply: {status: 200, body: {$view: user}}
    errors: {not_found: {status: 403, body: {detail: Forbidden}}}

mail:
  verify: {link: "${request.base_url}/verify?token={token}"}
  reset:  {link: "${request.base_url}/reset-password?token={token}"}

"""##
}
