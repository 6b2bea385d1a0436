// swift-format-ignore-file
// Made by scripts/embed-dialects from Dialects/pocketbase/dialect.yaml.

extension EmbeddedDialects {
    static let pocketbase = ##"""
dialect: 1
name: pocketbase
version: "0.30"
describe: PocketBase 0.30 - the `users` auth collection, a bare token in the Authorization header, renewed by itself

keys:
  main: {alg: HS256, env: PB_SECRET, min_bytes: 32}
times: sql_ms

users:
  id: {alphabet: abcdefghijklmnopqrstuvwxyz0123456789, length: 15}
  login: [email]
  fields:
    emailVisibility: {type: bool, default: false}
    avatar:          {type: string, default: ""}
password: {min: 8, max: 71}

tokens:
  access:
    kind: jwt
    key: main
    ttl: 7d
    claims: {collectionId: _pb_users_auth_, exp: $exp, id: $user.id, refreshable: true, type: auth}
  verify: {kind: opaque, ttl: 3d, send: on_request}
  reset:  {kind: opaque, ttl: 30m}

credentials:
  user: [{header: Authorization, scheme_optional: Bearer, takes: access}]

messages:
  required: {code: validation_required, message: Cannot be blank.}
  type:     {code: validation_invalid_value, message: Invalid value.}
  email:    {code: validation_is_email, message: Must be a valid email address.}
  min:      {code: validation_min_text_constraint, message: "Must be at least ${it.min} character(s)."}
  max:      {code: validation_max_text_constraint, message: "Must be no more than ${it.max} character(s)."}
  common:   {code: validation_invalid_value, message: Must not be a common password.}
  mismatch: {code: validation_values_mismatch, message: "Values don't match."}
  taken:    {code: validation_not_unique, message: Value must be unique.}

errors:
  error:               {status: 400, body: {data: {}, message: Something went wrong while processing your request., status: 400}}
  validation:
    status: 400
    body:
      data: {$group: $errors, by: field, take: first, do: {code: $it.code, message: $it.message}}
      message: An error occurred while validating the submitted data.
      status: 400
  bad_json:            {status: 400, body: {data: {}, message: An error occurred while loading the submitted data., status: 400}}
  unsupported_media:   {status: 400, body: {data: {}, message: An error occurred while loading the submitted data., status: 400}}
  too_large:           {status: 413, body: {data: {}, message: Request entity too large., status: 413}}
  conflict:
    status: 400
    body: {data: {email: {code: validation_not_unique, message: Value must be unique.}}, message: Failed to create record., status: 400}
  invalid_credentials: {status: 400, body: {data: {}, message: Failed to authenticate., status: 400}}
  wrong_password:
    status: 400
    body: {data: {oldPassword: {code: validation_invalid_old_password, message: Missing or invalid old password.}}, message: Failed to update record., status: 400}
  invalid_link:
    status: 400
    body:
      data: {token: {code: validation_invalid_token, message: Invalid or expired token.}}
      message: An error occurred while validating the submitted data.
      status: 400
  unauthorized:        {status: 401, body: {data: {}, message: The request requires valid record authorization token., status: 401}}
  forbidden:           {status: 403, body: {data: {}, message: You are not allowed to perform this request., status: 403}}
  not_found:           {status: 404, body: {data: {}, message: "The requested resource wasn't found.", status: 404}}
  method_not_allowed:  {status: 405, body: {data: {}, message: Method Not Allowed., status: 405}}
  rate_limited:        {status: 429, headers: {Retry-After: $error.retry_after}, body: {data: {}, message: Too Many Requests., status: 429}}
  internal:            {status: 500, body: {data: {}, message: Something went wrong while processing your request., status: 500}}

views:
  record:
    avatar: $user.avatar
    collectionId: _pb_users_auth_
    collectionName: users
    created: $user.created_at
    email: $user.email
    emailVisibility: $user.emailVisibility
    id: $user.id
    name: {$if: $user.name, then: $user.name, else: ""}
    updated: $user.updated_at
    verified: $user.email_verified

routes:
  GET /api/health:
    do: static
    reply: {status: 200, body: {message: API is healthy., code: 200, data: {}}}
  GET /api/collections/users/auth-methods:
    do: static
    reply:
      status: 200
      body:
        mfa: {enabled: false, duration: 0}
        oauth2: {enabled: false, providers: []}
        otp: {enabled: false, duration: 0}
        password: {enabled: true, identityFields: [email]}
  POST /api/collections/users/records:
    do: register
    take: [json, form, multipart]
    in:
      email: email
      password: password
      confirm: passwordConfirm
      name: name
      fields.emailVisibility: emailVisibility
    reply: {status: 200, body: {$view: record}}
    errors:
      validation:
        status: 400
        body:
          data: {$group: $errors, by: field, take: first, do: {code: $it.code, message: $it.message}}
          message: Failed to create record.
          status: 400
  GET /api/collections/users/records:
    note: the rule of a new `users` collection lets everybody list their own record only
    do: me
    auth: user
    reply: {status: 200, body: {items: [{$view: record}], page: 1, perPage: 30, totalItems: 1, totalPages: 1}}
    errors:
      missing_token: {status: 200, body: {items: [], page: 1, perPage: 30, totalItems: 0, totalPages: 0}}
  GET /api/collections/users/records/{id}:
    do: get_user
    auth: user
    in: {id: path.id}
    reply: {status: 200, body: {$view: record}}
    errors:
      missing_token: {status: 404, body: {data: {}, message: "The requested resource wasn't found.", status: 404}}
  PATCH /api/collections/users/records/{id}:
    do: update_me
    auth: user
    take: [json, form, multipart]
    in:
      user_id: path.id
      current_password: oldPassword
      password: password
      confirm: passwordConfirm
      name: name
      fields.emailVisibility: emailVisibility
    reply: {status: 200, body: {$view: record}}
    errors:
      forbidden: {status: 404, body: {data: {}, message: "The requested resource wasn't found.", status: 404}}
      missing_token: {status: 404, body: {data: {}, message: "The requested resource wasn't found.", status: 404}}
      validation:
        status: 400
        body:
          data: {$group: $errors, by: field, take: first, do: {code: $it.code, message: $it.message}}
          message: Failed to update record.
          status: 400
  DELETE /api/collections/users/records/{id}:
    do: delete_me
    auth: user
    in: {user_id: path.id}
    reply: {status: 204}
    errors:
      forbidden: {status: 404, body: {data: {}, message: "The requested resource wasn't found.", status: 404}}
      missing_token: {status: 404, body: {data: {}, message: "The requested resource wasn't found.", status: 404}}
  POST /api/collections/users/auth-with-password:
    do: login
    take: [json, form, multipart]
    in: {identity: identity, password: password}
    reply: {status: 200, body: {record: {$view: record}, token: $access.token}}
  POST /api/collections/users/auth-refresh:
    do: renew
    auth: user
    reply: {status: 200, body: {record: {$view: record}, token: $access.token}}
  POST /api/collections/users/request-password-reset:
    do: request_reset
    take: [json, form, multipart]
    in: {email: email}
    reply: {status: 204}
  POST /api/collections/users/confirm-password-reset:
    do: reset_password
    take: [json, form, multipart]
    in: {token: token, password: password, confirm: passwordConfirm}
    reply: {status: 204}
  POST /api/collections/users/request-verification:
    do: request_verify
    take: [json, form, multipart]
    in: {email: email}
    reply: {status: 204}
  POST /api/collections/users/confirm-verification:
    do: verify_email
    take: [json, form, multipart]
    in: {token: token}
    reply: {status: 204}

mail:
  verify: {link: "${request.base_url}/_/#/auth/confirm-verification/{token}"}
  reset:  {link: "${request.base_url}/_/#/auth/confirm-password-reset/{token}"}

"""##
}
