// swift-format-ignore-file
// Made by scripts/embed-dialects from Dialects/mattermost/dialect.yaml.

extension EmbeddedDialects {
    static let mattermost = ##"""
dialect: 1
name: mattermost
version: "4"
describe: Mattermost API v4 - an opaque session token in the `Token` response header, AppError bodies, personal access tokens

times: epoch_ms
content_type: application/json

users:
  id: {alphabet: ybndrfg8ejkmcpqxot1uwisza345h769, length: 26}
  login: [username, email]
  require: [email, username]
  users_see_users: true
  fields:
    nickname:   {type: string, default: "", max: 64}
    first_name: {type: string, default: "", max: 64}
    last_name:  {type: string, default: "", max: 64}
    position:   {type: string, default: "", max: 128}
    locale:     {type: string, default: en, max: 5}
password: {min: 8, max: 72}

tokens:
  access: {kind: opaque, ttl: 30d, alphabet: ybndrfg8ejkmcpqxot1uwisza345h769, length: 26}
  verify: {kind: opaque, ttl: 24h, length: 64}
  reset:  {kind: opaque, ttl: 24h, length: 64}
api_keys: {alphabet: ybndrfg8ejkmcpqxot1uwisza345h769, length: 26, shown: once}

credentials:
  user:
    - {header: Authorization, scheme: BEARER, takes: access}
    - {header: Authorization, scheme: Bearer, takes: api_key}
    - {header: Authorization, scheme: token, takes: access}
    - {cookie: MMAUTHTOKEN, takes: access}

messages:
  required: {code: api.context.invalid_body_param.app_error, message: "Invalid or missing ${it.field} in request body."}
  type:     {code: api.context.invalid_body_param.app_error, message: "Invalid or missing ${it.field} in request body."}
  email:    {code: model.user.is_valid.email.app_error, message: Please enter a valid email address.}
  username: {code: model.user.is_valid.username.app_error, message: "Username must begin with a letter, and contain between 3 to 22 lowercase characters made up of numbers, letters, and the symbols '.', '-', and '_'."}
  min:      {code: model.user.is_valid.pwd_min_length.app_error, message: "Your password must contain at least ${it.min} characters."}
  max:      {code: model.user.is_valid.pwd_max_length.app_error, message: "Your password must contain at most ${it.max} characters."}
  json:     {code: api.context.invalid_body_param.app_error, message: Invalid or missing body in request body.}

errors:
  error:               {status: 400, body: {id: api.context.invalid_body_param.app_error, message: $error.message, detailed_error: "", request_id: $request.id, status_code: 400}}
  email_taken:         {status: 400, body: {id: app.user.save.email_exists.app_error, message: An account with that email already exists., detailed_error: "", request_id: $request.id, status_code: 400}}
  username_taken:      {status: 400, body: {id: app.user.save.username_exists.app_error, message: An account with that username already exists., detailed_error: "", request_id: $request.id, status_code: 400}}
  unsupported_media:   {status: 400, body: {id: api.context.invalid_body_param.app_error, message: Invalid or missing body in request body., detailed_error: "", request_id: $request.id, status_code: 400}}
  too_large:           {status: 413, body: {id: api.context.request_body_too_large.app_error, message: Request body is too large., detailed_error: "", request_id: $request.id, status_code: 413}}
  weak_password:       {status: 400, body: {id: model.user.is_valid.pwd.app_error, message: $error.message, detailed_error: "", request_id: $request.id, status_code: 400}}
  invalid_credentials: {status: 401, body: {id: api.user.login.invalid_credentials_email_username, message: Enter a valid email or username and/or password., detailed_error: "", request_id: $request.id, status_code: 401}}
  wrong_password:      {status: 400, body: {id: api.user.update_password.incorrect.app_error, message: The "Current Password" you entered is incorrect. Please check that Caps Lock is off and try again., detailed_error: "", request_id: $request.id, status_code: 400}}
  unauthorized:        {status: 401, body: {id: api.context.session_expired.app_error, message: "Invalid or expired session, please login again.", detailed_error: "", request_id: $request.id, status_code: 401}}
  invalid_link:        {status: 400, body: {id: api.user.reset_password.invalid_link.app_error, message: The reset password link does not appear to be valid., detailed_error: "", request_id: $request.id, status_code: 400}}
  forbidden:           {status: 403, body: {id: api.context.permissions.app_error, message: You do not have the appropriate permissions., detailed_error: "", request_id: $request.id, status_code: 403}}
  not_found:           {status: 404, body: {id: api.context.404.app_error, message: "Sorry, we could not find the page.", detailed_error: "", request_id: $request.id, status_code: 404}}
  method_not_allowed:  {status: 405, body: {id: api.context.405.app_error, message: Method Not Allowed, detailed_error: "", request_id: $request.id, status_code: 405}}
  rate_limited:        {status: 429, headers: {Retry-After: $error.retry_after, X-RateLimit-Remaining: "0", X-RateLimit-Reset: $error.retry_after}, body: {id: api.context.rate_limit.app_error, message: limit exceeded, detailed_error: "", request_id: $request.id, status_code: 429}}
  internal:            {status: 500, body: {id: api.context.internal.app_error, message: An internal error occurred., detailed_error: "", request_id: $request.id, status_code: 500}}

views:
  ok: {status: OK}
  user:
    id: $user.id
    create_at: $user.created_at
    update_at: $user.updated_at
    delete_at: {$if: $user.active, then: 0, else: $user.updated_at}
    username: $user.username
    auth_data: ""
    auth_service: ""
    email: $user.email
    email_verified: $user.email_verified
    nickname: $user.nickname
    first_name: $user.first_name
    last_name: $user.last_name
    position: $user.position
    roles: system_user
    locale: $user.locale
  other:
    id: $user.id
    create_at: $user.created_at
    update_at: $user.updated_at
    delete_at: {$if: $user.active, then: 0, else: $user.updated_at}
    username: $user.username
    auth_data: ""
    auth_service: ""
    email: $user.email
    nickname: $user.nickname
    first_name: $user.first_name
    last_name: $user.last_name
    position: $user.position
    roles: system_user
    locale: $user.locale

routes:
  GET /api/v4/system/ping:
    do: static
    reply: {status: 200, body: {ActiveSearchBackend: database, AndroidLatestVersion: "", AndroidMinVersion: "", IosLatestVersion: "", IosMinVersion: "", status: OK}}
  POST /api/v4/users:
    do: register
    take: json
    in: {email: email, username: username, password: password, fields.nickname: nickname, fields.first_name: first_name, fields.last_name: last_name, fields.position: position, fields.locale: locale}
    reply: {status: 201, body: {$view: user}}
  GET /api/v4/users:
    do: list_users
    auth: user
    in: {page_index: query.page, per_page: query.per_page}
    reply: {status: 200, body: {$each: $users, do: {id: $it.id, create_at: $it.created_at, update_at: $it.updated_at, delete_at: 0, username: $it.username, auth_data: "", auth_service: "", nickname: $it.nickname, first_name: $it.first_name, last_name: $it.last_name, position: $it.position, roles: system_user, locale: $it.locale}}}
  GET /api/v4/users/stats:
    do: list_users
    auth: user
    reply: {status: 200, body: {total_users_count: $total}}
  POST /api/v4/users/login:
    do: login
    take: json
    in: {identity: login_id, user_id: id, password: password, otp: token, device: device_id}
    reply:
      - when: {header.X-Requested-With: XMLHttpRequest}
        status: 200
        headers: {Token: $access.token}
        cookies:
          MMAUTHTOKEN: {value: $access.token, http_only: true, secure: auto, path: /, max_age: $access.ttl}
          MMUSERID: {value: $user.id, secure: auto, path: /, max_age: $access.ttl}
        body: {$view: user}
      - status: 200
        headers: {Token: $access.token}
        body: {$view: user}
  POST /api/v4/users/logout:
    do: logout
    auth: user
    reply: {status: 200, cookies: {MMAUTHTOKEN: {clear: true}}, body: {$view: ok}}
  GET /api/v4/users/me:
    do: me
    auth: user
    reply: {status: 200, body: {$view: user}}
  PUT /api/v4/users/me/patch:
    do: update_me
    auth: user
    take: json
    in: {email: email, username: username, fields.nickname: nickname, fields.first_name: first_name, fields.last_name: last_name, fields.position: position, fields.locale: locale}
    reply: {status: 200, body: {$view: user}}
  GET /api/v4/users/{user_id}:
    do: get_user
    auth: user
    in: {id: path.user_id}
    reply: {status: 200, body: {$view: other}}
    errors:
      not_found: {status: 404, body: {id: app.user.missing_account.const, message: Unable to find the user., detailed_error: "", request_id: $request.id, status_code: 404}}
  GET /api/v4/users/username/{username}:
    do: get_user
    auth: user
    in: {username: path.username}
    reply: {status: 200, body: {$view: other}}
    errors:
      not_found: {status: 404, body: {id: app.user.get_by_username.app_error, message: Unable to find an existing account matching your username for this team. This team may require an invite from the team owner to join., detailed_error: "", request_id: $request.id, status_code: 404}}
  GET /api/v4/users/email/{email}:
    do: get_user
    auth: user
    in: {email: path.email}
    reply: {status: 200, body: {$view: other}}
    errors:
      not_found: {status: 404, body: {id: app.user.missing_account.const, message: Unable to find the user., detailed_error: "", request_id: $request.id, status_code: 404}}
  PUT /api/v4/users/{user_id}/patch:
    do: update_me
    auth: user
    take: json
    in: {user_id: path.user_id, email: email, username: username, fields.nickname: nickname, fields.first_name: first_name, fields.last_name: last_name, fields.position: position, fields.locale: locale}
    reply: {status: 200, body: {$view: user}}
  PUT /api/v4/users/{user_id}/password:
    do: change_password
    auth: user
    take: json
    in: {user_id: path.user_id, current_password: current_password, password: new_password}
    reply: {status: 200, body: {$view: ok}}
  POST /api/v4/users/password/reset/send:
    do: request_reset
    take: json
    in: {email: email}
    reply: {status: 200, body: {$view: ok}}
  POST /api/v4/users/password/reset:
    do: reset_password
    take: json
    in: {token: token, password: new_password}
    reply: {status: 200, body: {$view: ok}}
  POST /api/v4/users/email/verify/send:
    do: request_verify
    take: json
    in: {email: email}
    reply: {status: 200, body: {$view: ok}}
  POST /api/v4/users/email/verify:
    do: verify_email
    take: json
    in: {token: token}
    reply: {status: 200, body: {$view: ok}}
    errors:
      invalid_link: {status: 400, body: {id: api.user.verify_email.bad_link.app_error, message: Bad verify email link., detailed_error: "", request_id: $request.id, status_code: 400}}
  GET /api/v4/users/{user_id}/sessions:
    do: list_sessions
    auth: user
    in: {user_id: path.user_id}
    reply: {status: 200, body: {$each: $sessions, do: {id: $it.id, token: "", create_at: $it.created_at, expires_at: $it.expires_at, last_activity_at: $it.created_at, user_id: $user.id, device_id: "", roles: system_user, is_oauth: false, props: {}, local: false}}}
  POST /api/v4/users/{user_id}/sessions/revoke:
    do: revoke_session
    auth: user
    take: json
    in: {user_id: path.user_id, id: session_id}
    reply: {status: 200, body: {$view: ok}}
  POST /api/v4/users/{user_id}/sessions/revoke/all:
    do: logout
    auth: user
    in: {user_id: path.user_id, scope: {value: all}}
    reply: {status: 200, body: {$view: ok}}
  POST /api/v4/users/{user_id}/tokens:
    do: create_api_key
    auth: user
    take: json
    in: {user_id: path.user_id, name: description}
    reply: {status: 200, body: {id: $api_key.id, token: $api_key.secret, user_id: $user.id, description: $api_key.name, is_active: true}}
  GET /api/v4/users/{user_id}/tokens:
    do: list_api_keys
    auth: user
    in: {user_id: path.user_id, page_index: query.page, per_page: query.per_page}
    reply: {status: 200, body: {$each: $api_keys, do: {id: $it.id, user_id: $user.id, description: $it.name, is_active: true}}}
  POST /api/v4/users/tokens/revoke:
    do: revoke_api_key
    auth: user
    take: json
    in: {id: token_id}
    reply: {status: 200, body: {$view: ok}}

sockets:
  /api/v4/websocket:
    do: connect_user
    auth: {first_message: {action: authentication_challenge, data: {token: $takes.access}}, within: 30s}
    accepted: {event: hello, data: {server_version: "10.0.0"}, broadcast: {user_id: $user.id}, seq: 0}
    refused: {close: 4001}

mail:
  verify: {link: "${request.base_url}/do_verify_email?token={token}"}
  reset:  {link: "${request.base_url}/reset_password_complete?token={token}"}

"""##
}
