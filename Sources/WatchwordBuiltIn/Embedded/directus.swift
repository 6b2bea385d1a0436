// swift-format-ignore-file
// Made by scripts/embed-dialects from Dialects/directus/dialect.yaml.

extension EmbeddedDialects {
    static let directus = ##"""
dialect: 1
name: directus
version: "11"
describe: Directus 11 - data and errors envelopes, a rotating opaque refresh token in JSON or a cookie, or a session cookie

keys:
  main: {alg: HS256, env: SECRET, min_bytes: 32}

settings:
  access_ttl:  {env: ACCESS_TOKEN_TTL, default: 15m}
  refresh_ttl: {env: REFRESH_TOKEN_TTL, default: 7d}

users:
  id: uuid
  login: [email]
  roles: [user, administrator]
  hide_taken: true
  administrators: [administrator]
  fields:
    first_name:  {type: string, max: 50}
    last_name:   {type: string, max: 50}
    location:    {type: string, max: 255}
    title:       {type: string, max: 50}
    description: {type: string}
    language:    {type: string, max: 255}
    appearance:  {type: string, max: 50}
password: {min: 8, max: 128}

tokens:
  access:
    kind: jwt
    key: main
    ttl: $access_ttl
    claims: {id: $user.id, role: $user.role, app_access: true, admin_access: false, session: $session.id, iat: $iat, exp: $exp, iss: directus}
  refresh: {kind: opaque, ttl: $refresh_ttl, length: 64, alphabet: ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_, use: rotate, reuse_grace: 10s}
  verify:  {kind: opaque, ttl: 7d}
  reset:   {kind: opaque, ttl: 1d}

credentials:
  user:
    - {header: Authorization, scheme: Bearer, takes: access}
    - {query: access_token, takes: access}
    - {cookie: directus_session_token, takes: access}

messages:
  required: {code: required, message: "\"${it.field}\" is required"}
  email:    {code: email, message: "\"${it.field}\" must be a valid email"}
  type:     {code: type, message: "\"${it.field}\" must be a ${it.type}"}
  json:     {code: json, message: The body is not valid JSON}

errors:
  error:
    status: 400
    body: {errors: [{message: $error.message, extensions: {code: INVALID_PAYLOAD}}]}
  validation:
    status: 400
    body:
      errors: {$each: $errors, do: {message: "Invalid payload. ${it.message}.", extensions: {code: INVALID_PAYLOAD, reason: $it.message}}}
  weak_password:
    status: 400
    body:
      errors: {$each: $errors, do: {message: "Validation failed for field \"password\". Value doesn't have the correct format.", extensions: {code: FAILED_VALIDATION, field: password, path: [], type: regex}}}
  unsupported_media:   {status: 415, body: {errors: [{message: "Unsupported media type. Only JSON is supported.", extensions: {code: UNSUPPORTED_MEDIA_TYPE}}]}}
  too_large:           {status: 413, body: {errors: [{message: Content is too large., extensions: {code: CONTENT_TOO_LARGE}}]}}
  conflict:
    status: 400
    body:
      errors:
        - message: "Value for field \"email\" in collection \"directus_users\" has to be unique."
          extensions: {code: RECORD_NOT_UNIQUE, collection: directus_users, field: email}
  invalid_credentials: {status: 401, body: {errors: [{message: Invalid user credentials., extensions: {code: INVALID_CREDENTIALS}}]}}
  unauthorized:        {status: 401, body: {errors: [{message: Invalid user credentials., extensions: {code: INVALID_CREDENTIALS}}]}}
  missing_token:       {status: 403, body: {errors: [{message: "You don't have permission to access this.", extensions: {code: FORBIDDEN}}]}}
  expired_token:       {status: 401, body: {errors: [{message: Token expired., extensions: {code: TOKEN_EXPIRED}}]}}
  wrong_password:      {status: 400, body: {errors: [{message: Invalid user credentials., extensions: {code: INVALID_CREDENTIALS}}]}}
  invalid_link:        {status: 403, body: {errors: [{message: Invalid token., extensions: {code: INVALID_TOKEN}}]}}
  forbidden:           {status: 403, body: {errors: [{message: "You don't have permission to access this.", extensions: {code: FORBIDDEN}}]}}
  not_found:           {status: 404, body: {errors: [{message: "Route ${request.path} doesn't exist.", extensions: {code: ROUTE_NOT_FOUND, path: $request.path}}]}}
  method_not_allowed:  {status: 405, body: {errors: [{message: "Invalid method \"${request.method}\" used.", extensions: {code: METHOD_NOT_ALLOWED}}]}}
  rate_limited:        {status: 429, headers: {Retry-After: $error.retry_after}, body: {errors: [{message: "Too many requests, retry after ${error.retry_after}s.", extensions: {code: REQUESTS_EXCEEDED}}]}}
  internal:            {status: 500, body: {errors: [{message: An unexpected error occurred., extensions: {code: INTERNAL_SERVER_ERROR}}]}}

views:
  json_pair:   {data: {expires: $access.expires_in_ms, refresh_token: $refresh.token, access_token: $access.token}}
  cookie_pair: {data: {expires: $access.expires_in_ms, access_token: $access.token}}
  session:     {data: {expires: $access.expires_in_ms}}
  user:
    id: $user.id
    first_name: $user.first_name
    last_name: $user.last_name
    email: $user.email
    password: "**********"
    location: $user.location
    title: $user.title
    description: $user.description
    tags: null
    avatar: null
    language: $user.language
    appearance: $user.appearance
    tfa_secret: null
    status: {$if: $user.active, then: active, else: suspended}
    role: $user.role
    token: null
    provider: default
    external_identifier: null
    email_notifications: true

routes:
  POST /auth/login:
    do: login
    take: json
    in: {email: email, password: password, otp: otp}
    with: {mode: mode}
    reply:
      - when: {mode: cookie}
        status: 200
        cookies: {directus_refresh_token: {value: $refresh.token, http_only: true, same_site: lax, secure: auto, max_age: $refresh.ttl}}
        body: {$view: cookie_pair}
      - when: {mode: session}
        status: 200
        cookies: {directus_session_token: {value: $access.token, http_only: true, same_site: lax, secure: auto, max_age: $access.ttl}}
        body: {$view: session}
      - status: 200
        body: {$view: json_pair}
  POST /auth/refresh:
    do: refresh
    take: json
    in: {refresh_token: [refresh_token, cookie.directus_refresh_token]}
    with: {mode: mode}
    reply:
      - when: {mode: cookie}
        status: 200
        cookies: {directus_refresh_token: {value: $refresh.token, http_only: true, same_site: lax, secure: auto, max_age: $refresh.ttl}}
        body: {$view: cookie_pair}
      - status: 200
        body: {$view: json_pair}
  POST /auth/logout:
    do: logout
    take: json
    in: {refresh_token: [refresh_token, cookie.directus_refresh_token]}
    reply: {status: 204, cookies: {directus_refresh_token: {clear: true}, directus_session_token: {clear: true}}}
  POST /auth/password/request:
    do: request_reset
    take: json
    in: {email: email}
    reply: {status: 204}
  POST /auth/password/reset:
    do: reset_password
    take: json
    in: {token: token, password: password}
    reply: {status: 204}
  GET /auth:
    do: static
    reply: {status: 200, body: {data: [], disableDefault: false}}
  POST /users/register:
    do: register
    take: json
    in: {email: email, password: password, fields.first_name: first_name, fields.last_name: last_name}
    reply: {status: 204}
  GET /users/register/verify-email:
    do: verify_email
    in: {token: query.token}
    reply: {status: 302, headers: {Location: "${request.base_url}/admin/users/${user.id}"}}
  GET /users/me:
    do: me
    auth: user
    reply: {status: 200, body: {data: {$view: user}}}
  PATCH /users/me:
    do: update_me
    auth: user
    take: json
    in:
      email: email
      password: password
      fields.first_name: first_name
      fields.last_name: last_name
      fields.location: location
      fields.title: title
      fields.description: description
      fields.language: language
      fields.appearance: appearance
    reply: {status: 200, body: {data: {$view: user}}}
  GET /users:
    do: list_users
    auth: user
    in: {limit: query.limit, offset: query.offset, page: query.page, search: query.search}
    reply: {status: 200, body: {data: {$each: $users, do: {id: $it.id, first_name: $it.first_name, last_name: $it.last_name, email: $it.email, role: $it.role}}}}
  SEARCH /users:
    do: list_users
    auth: user
    take: json
    in: {limit: {body: query.limit}, offset: {body: query.offset}, page: {body: query.page}, search: {body: query.search}}
    reply: {status: 200, body: {data: {$each: $users, do: {id: $it.id, first_name: $it.first_name, last_name: $it.last_name, email: $it.email, role: $it.role}}}}
  GET /users/{id}:
    do: get_user
    auth: user
    in: {id: path.id}
    reply: {status: 200, body: {data: {$view: user}}}
    errors:
      not_found: {status: 403, body: {errors: [{message: "You don't have permission to access this.", extensions: {code: FORBIDDEN}}]}}
  PATCH /users/{id}:
    do: update_me
    auth: user
    take: json
    in:
      user_id: path.id
      email: email
      password: password
      fields.first_name: first_name
      fields.last_name: last_name
      fields.location: location
      fields.title: title
      fields.description: description
      fields.language: language
      fields.appearance: appearance
    reply: {status: 200, body: {data: {$view: user}}}
  DELETE /users/{id}:
    do: delete_me
    auth: user
    in: {user_id: path.id}
    reply: {status: 204}
  GET /server/ping:
    do: static
    reply: {status: 200, content_type: text/html; charset=utf-8, text: pong}

mail:
  verify: {link: "${request.base_url}/verify-email?token={token}"}
  reset:  {link: "${request.base_url}/admin/reset-password?token={token}"}

"""##
}
