// swift-format-ignore-file
// Made by scripts/embed-dialects from Dialects/vsay/dialect.yaml.

extension EmbeddedDialects {
    static let vsay = ##"""
dialect: 1
name: vsay
version: "1"
describe: Vsay - one renewable JWT, a per-user API key for agents

keys:
  main: {alg: HS256, env: JWT_SECRET, min_bytes: 32}
users:
  id: objectid
  login: [email]
  require: [username, email]
# The minimum is the document's.
password: {min: 6, max: 128}
# Not in the document: without it a token renewed daily would live for ever.
session: {max: 30d}

tokens:
  access: {kind: jwt, key: main, ttl: 24h, claims: {user_id: $user.id, username: $user.username, email: $user.email, iat: $iat, exp: $exp}}
  # Not in the document, and no route takes them: the hosted pages do.
  verify: {kind: opaque, ttl: 24h}
  reset:  {kind: opaque, ttl: 1h}
api_keys: {bytes: 32, encoding: hex, shown: always, issue_on_signup: true}

credentials:
  user:  [{header: Authorization, scheme: Bearer, takes: access}]
  agent: [{header: X-API-Key, takes: api_key}, {header: Authorization, scheme: Bearer, takes: api_key}]

errors:
  error:               {status: 400, body: {error: $error.message}}
  conflict:            {status: 409, body: {error: $error.message}}
  invalid_credentials: {status: 401, body: {error: Invalid email or password}}
  unauthorized:        {status: 401, body: {error: Invalid or expired token}}
  forbidden:           {status: 403, body: {error: Forbidden}}
  not_found:           {status: 404, body: {error: Not found}}
  rate_limited:        {status: 429, headers: {Retry-After: $error.retry_after}, body: {error: Too many requests}}
  busy:                {status: 503, headers: {Retry-After: $error.retry_after}, body: {error: "Server is busy, try again later"}}
  internal:            {status: 500, body: {error: Internal server error}}

views:
  machine: {agent_id: $agent.id, name: $agent.name, status: {$if: $agent.online, then: online, else: offline}, last_seen: $agent.last_seen_at, address: $agent.address, version: $agent.version, shared: $agent.shared}

routes:
  POST /api/signup:
    do: register
    take: json
    in: {username: username, email: email, password: password}
    reply:
      status: 201
      body: {message: User registered successfully, user: {id: $user.id, username: $user.username, email: $user.email}}
  POST /api/login:
    do: login
    take: json
    in: {email: email, password: password}
    reply:
      status: 200
      body:
        message: Login successful
        token: $access.token
        user: {id: $user.id, username: $user.username, email: $user.email, api_key: $api_key.secret}
  POST /api/auth/refresh:
    do: renew
    auth: user
    reply: {status: 200, body: {token: $access.token}}
  GET /api/machines:
    do: list_agents
    auth: user
    reply: {status: 200, body: {machines: {$each: $agents, do: {agent_id: $it.id, name: $it.name, status: {$if: $it.online, then: online, else: offline}, last_seen: $it.last_seen_at, address: $it.address, version: $it.version, shared: $it.shared}}}}
  GET /api/machines/{agent_id}:
    note: not in the document
    do: get_agent
    auth: user
    in: {id: path.agent_id}
    reply: {status: 200, body: {$view: machine}}
  PATCH /api/machines/{agent_id}:
    note: not in the document
    do: update_agent
    auth: user
    take: json
    in: {id: path.agent_id, name: name}
    reply: {status: 200, body: {$view: machine}}
  DELETE /api/machines/{agent_id}:
    note: not in the document; the machine's sockets end with it
    do: remove_agent
    auth: user
    in: {id: path.agent_id}
    reply: {status: 204}
  POST /api/machines/{agent_id}/share:
    note: not in the document; another account sees the machine and opens its terminal
    do: share_agent
    auth: user
    take: json
    in: {id: path.agent_id, email: email}
    reply: {status: 200, body: {message: Machine shared}}
  POST /api/machines/{agent_id}/unshare:
    note: not in the document; the terminals that are open by it end. A POST, so that no address stands in a URL
    do: unshare_agent
    auth: user
    take: json
    in: {id: path.agent_id, email: email}
    reply: {status: 200, body: {message: Machine no longer shared}}
  POST /api/terminal/{agent_id}/ticket:
    note: not in the document. The ticket opens the terminal once, within 30 seconds, so that no token need stand in its URL
    do: create_ticket
    auth: user
    in: {socket: "/api/terminal/{agent_id}/ws"}
    reply: {status: 201, body: {ticket: $ticket.token, expires_in: $ticket.expires_in}}
  GET /api/api-keys:
    note: not in the document, so that a key can be found to revoke
    do: list_api_keys
    auth: user
    reply: {status: 200, body: {api_keys: {$each: $api_keys, do: {id: $it.id, created_at: $it.created_at, last_used_at: $it.last_used_at}}}}
  DELETE /api/api-keys/{id}:
    note: not in the document; the next login shows a new key
    do: revoke_api_key
    auth: user
    in: {id: path.id}
    reply: {status: 204}
  POST /api/agents/register:
    note: the document gives only the command line (vsay-agent --token --host); the path is ours
    do: register_agent
    auth: agent
    take: json
    in: {name: name, id: agent_id}
    reply: {status: 201, body: {agent_id: $agent.id, name: $agent.name}}

sockets:
  /api/terminal/{agent_id}/ws:
    do: connect_user
    # The document has the token in the query. Besides, and not in the document: the header, a ticket, and a new token
    # in a message, so that a terminal outlives its token.
    auth: {any: [{query: token, takes: access}, user], ticket: ticket, again: {type: auth, token: $takes.access}}
    owns: {agent: path.agent_id}
    refused: {http: 401, body: {error: Invalid or expired token}}
    relay: agent
    close_when: [session_revoked, token_expired]
  /api/agents/{agent_id}/ws:
    note: not in the document, which gives only the command line of the agent (vsay-agent)
    do: connect_agent
    auth: agent
    owns: {agent: path.agent_id}
    relay: user

mail:
  verify: {link: "${request.base_url}/verify-email?token={token}"}
  reset:  {link: "${request.base_url}/reset-password?token={token}"}
pages: {name: Vsay, agent: machine, agents: machines}

"""##
}
