// swift-format-ignore-file
// Made by scripts/embed-dialects from Dialects/chatops/dialect.yaml.

extension EmbeddedDialects {
    static let chatops = ##"""
dialect: 1
name: chatops
version: "1"
describe: ChatOps - OAuth2-style login for people, API keys over WebSocket for agents

settings:
  access_ttl:  {env: ACCESS_TOKEN_EXPIRE_MINUTES, unit: m, default: 30}
  refresh_ttl: {env: REFRESH_TOKEN_EXPIRE_DAYS, unit: d, default: 7}
keys:
  main: {alg: HS256, env: SECRET_KEY, min_bytes: 32}

users:
  id: uuid
  login: [username, email]
  require: [email, username]
  fields:
    full_name: {type: string, max: 255}
password: {min: 8, max: 128}
session: {max: $refresh_ttl}

tokens:
  access:  {kind: jwt, key: main, ttl: $access_ttl,  claims: {sub: $user.id, email: $user.email, exp: $exp, type: access}}
  refresh: {kind: jwt, key: main, ttl: $refresh_ttl, claims: {sub: $user.id, email: $user.email, exp: $exp, type: refresh}, use: reuse}
  # Not in the document, and no route takes them: the hosted pages do.
  verify:  {kind: opaque, ttl: 24h}
  reset:   {kind: opaque, ttl: 1h}
api_keys: {prefix: chatops_, bytes: 24, encoding: base62, shown: once, bind: agent, accept_bare: true}

credentials:
  user: [{header: Authorization, scheme: Bearer, takes: access}]

messages:
  required: {code: missing, message: Field required}
  type:     {code: string_type, message: Input should be a valid string}
  email:    {code: value_error, message: value is not a valid email address}
  username: {code: value_error, message: "Value error, Username must be 1 to 64 characters without @"}
  min:      {code: value_error, message: "Value error, Password must be at least ${it.min} characters long"}
  max:      {code: string_too_long, message: "String should have at most ${it.max} characters"}
  common:   {code: value_error, message: "Value error, Password is too common"}
  json:     {code: json_invalid, message: JSON decode error}
  mismatch: {code: value_error, message: "Value error, Passwords do not match"}

errors:
  error:               {status: 400, body: {detail: $error.message}}
  validation:
    status: 422
    body: {detail: {$each: $errors, do: {type: $it.code, loc: $it.loc, msg: $it.message}}}
  email_taken:         {status: 400, body: {detail: Email already registered}}
  username_taken:      {status: 400, body: {detail: Username already taken}}
  invalid_credentials: {status: 401, body: {detail: Incorrect email or password}}
  invalid_refresh:     {status: 401, body: {detail: Invalid refresh token}}
  unauthorized:        {status: 401, headers: {WWW-Authenticate: Bearer}, body: {detail: Could not validate credentials}}
  forbidden:           {status: 403, body: {detail: Not enough permissions}}
  not_found:           {status: 404, body: {detail: Resource not found}}
  rate_limited:        {status: 429, headers: {Retry-After: $error.retry_after}, body: {detail: Too many requests}}
  busy:                {status: 503, headers: {Retry-After: $error.retry_after}, body: {detail: "Server is busy, try again later"}}
  internal:            {status: 500, body: {detail: Internal server error}}

views:
  user: {id: $user.id, email: $user.email, username: $user.username, full_name: $user.full_name}
  server: {id: $agent.id, name: $agent.name, status: {$if: $agent.online, then: online, else: offline}, last_seen: $agent.last_seen_at, address: $agent.address, created_at: $agent.created_at}

routes:
  POST /api/v1/auth/register:
    do: register
    take: json
    in: {email: email, username: username, password: password, confirm: password_confirm, fields.full_name: full_name}
    reply:
      status: 201
      body: {user: {$view: user}, access_token: $access.token, refresh_token: $refresh.token, token_type: bearer}
  POST /api/v1/auth/login:
    do: login
    take: form
    in: {identity: username, password: password}
    reply:
      status: 200
      body: {access_token: $access.token, refresh_token: $refresh.token, token_type: bearer}
  POST /api/v1/auth/refresh:
    do: refresh
    take: json
    in: {refresh_token: refresh_token}
    reply: {status: 200, body: {access_token: $access.token, token_type: bearer}}
  GET /api/v1/servers:
    do: list_agents
    auth: user
    reply: {status: 200, body: {$each: $agents, do: {id: $it.id, name: $it.name, status: {$if: $it.online, then: online, else: offline}, last_seen: $it.last_seen_at, address: $it.address, created_at: $it.created_at}}}
  POST /api/v1/servers:
    note: not in the document; its sibling rest-endpoints.md names it, and a key needs a server to hang on
    do: register_agent
    auth: user
    take: json
    in: {name: name}
    reply: {status: 201, body: {id: $agent.id, name: $agent.name}}
  GET /api/v1/servers/{id}:
    note: not in the document; route from its sibling
    do: get_agent
    auth: user
    in: {id: path.id}
    reply: {status: 200, body: {$view: server}}
  PUT /api/v1/servers/{id}:
    note: not in the document; route from its sibling
    do: update_agent
    auth: user
    take: json
    in: {id: path.id, name: name}
    reply: {status: 200, body: {$view: server}}
  DELETE /api/v1/servers/{id}:
    note: not in the document; route from its sibling. Its keys and sockets end with it
    do: remove_agent
    auth: user
    in: {id: path.id}
    reply: {status: 204}
  POST /api/v1/api-keys:
    note: not in the document, which names only the web page; route from its sibling
    do: create_api_key
    auth: user
    take: json
    in: {agent_id: server_id, name: name}
    reply:
      status: 201
      body: {id: $api_key.id, name: $api_key.name, server_id: $api_key.agent_id, key: $api_key.secret, created_at: $api_key.created_at}
  GET /api/v1/api-keys:
    note: not in the document; route from its sibling
    do: list_api_keys
    auth: user
    in: {agent_id: query.server_id}
    reply: {status: 200, body: {$each: $api_keys, do: {id: $it.id, name: $it.name, server_id: $it.agent_id, created_at: $it.created_at, last_used_at: $it.last_used_at}}}
  GET /api/v1/api-keys/me:
    note: not in the document; route from its sibling
    do: list_api_keys
    auth: user
    reply: {status: 200, body: {$each: $api_keys, do: {id: $it.id, name: $it.name, server_id: $it.agent_id, created_at: $it.created_at, last_used_at: $it.last_used_at}}}
  POST /api/v1/api-keys/{id}/rotate:
    note: not in the document nor its sibling. The old key stays good for `overlap` seconds, so that an agent can be given the new one
    do: rotate_api_key
    auth: user
    take: json
    in: {id: path.id, overlap: overlap}
    reply:
      status: 201
      body: {id: $api_key.id, name: $api_key.name, server_id: $api_key.agent_id, key: $api_key.secret, created_at: $api_key.created_at}
  DELETE /api/v1/api-keys/{id}:
    note: not in the document; route from its sibling
    do: revoke_api_key
    auth: user
    in: {id: path.id}
    reply: {status: 204}

sockets:
  # The document does not name the path; its sibling does.
  /api/v1/agents/ws:
    do: connect_agent
    auth: {first_message: {type: auth, api_key: $takes.api_key}, within: 10s}
    accepted: {type: auth_success, server_id: $agent.id, message: Connected successfully}
    refused: {send: {type: error, message: Invalid or inactive API key}, close: 1008}
    alive: {ping: {type: ping}, pong: {type: pong}}
    close_when: [api_key_revoked]

mail:
  verify: {link: "${request.base_url}/verify-email?token={token}"}
  reset:  {link: "${request.base_url}/reset-password?token={token}"}
pages: {name: ChatOps, agent: server, agents: servers}

"""##
}
