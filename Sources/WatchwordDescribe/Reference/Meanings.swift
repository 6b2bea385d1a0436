import WatchwordCore
import WatchwordDialect

// What each word of the language means, for the reference. A word that is added without its meaning does not compile.

extension Operation {
    var meaning: String {
        switch self {
        case .signUp: "Makes an account"
        case .signIn: "Begins a session"
        case .refresh: "A new access token for a refresh token"
        case .renew: "A new access token for the one that asks"
        case .whoAmI: "The account that asks"
        case .updateAccount: "Changes the account that asks; a changed address is unverified"
        case .deleteAccount: "Deletes the account that asks"
        case .getUser: "Another account, by id, name or address"
        case .listUsers: "Accounts, in parts"
        case .changePassword: "Another password; all other sessions end"
        case .signOut: "Ends the session that asks, or all (`scope: all`)"
        case .listSessions: "The live sessions of the account that asks"
        case .revokeSession: "Ends one of them"
        case .verifyEmail: "Uses a verification token up"
        case .requestVerification: "Mails a verification token"
        case .requestReset: "Mails a reset token"
        case .resetPassword: "Uses a reset token up; all sessions end"
        case .createAPIKey: "Makes an API key"
        case .listAPIKeys: "The API keys of the account that asks"
        case .rotateAPIKey: "A new secret for an API key; the old one stays good for a while"
        case .revokeAPIKey: "Ends an API key"
        case .registerAgent: "Makes an agent"
        case .listAgents: "The agents of the account that asks, and those shared with it"
        case .getAgent: "One of them"
        case .removeAgent: "Removes one of them"
        case .updateAgent: "Renames one of them"
        case .shareAgent: "Lets another account see one of them and open its terminal"
        case .unshareAgent: "Ends that"
        case .createTicket: "A ticket that opens one socket, once, within 30 s"
        case .introspect: "Whether a token is good (RFC 7662)"
        case .keySet: "The public keys (RFC 7517)"
        case .static: "Always the same answer"
        }
    }
}

extension InputName {
    /// Every input that has no name of the file's own.
    static let named: [InputName] = [
        .email, .username, .identity, .userID, .password, .confirm, .currentPassword, .name, .role, .token,
        .refreshToken, .uid, .id, .agentID, .scope, .otp, .device, .ttl, .overlap, .search, .socket, .limit, .offset,
        .page,
        .pageIndex,
        .perPage,
    ]

    var meaning: String {
        switch self {
        case .email: "An address"
        case .username: "A username: 1 to 64 characters, no `@`"
        case .identity: "Either of them, in the order of `users.login`"
        case .userID: "An account's id"
        case .password: "The password; the new one where there is a current one"
        case .confirm: "The same again"
        case .currentPassword: "The password as it is"
        case .name: "A name for display"
        case .role: "One of `users.roles`"
        case .token: "A one-time token from a mail; the token to look at, of `introspect`"
        case .refreshToken: "A refresh token"
        case .uid: "The account's id beside a one-time token"
        case .id: "The id of what the operation is about"
        case .agentID: "The id of an agent"
        case .scope: "`all` for every session"
        case .otp: "A one-time code; read, and not asked for where nobody has a second factor"
        case .device: "What the client calls itself; kept with the session"
        case .ttl: "How long what is made lasts, in seconds"
        case .overlap: "How long a rotated key stays good beside its successor, in seconds"
        case .socket: "The path of a socket, as the client will open it"
        case .search: "A part of an address, username or name"
        case .limit: "The most items of one part"
        case .offset: "How many items stand before it"
        case .page: "The number of a part, from 1"
        case .pageIndex: "The number of a part, from 0"
        case .perPage: "The most items of one part, with `page`"
        case .body: "The body as a whole"
        case .field: "One of `users.fields`"
        }
    }
}

extension InputRule {
    var meaning: String {
        switch self {
        case .required: "Absent, or null where a value is needed"
        case .type: "Of another type"
        case .email: "Not an address"
        case .username: "Not a username"
        case .min: "Too short; `${it.min}` is the bound"
        case .max: "Too long; `${it.max}` is the bound"
        case .mismatch: "Different from what it repeats"
        case .taken: "Used by another account"
        case .common: "On the list of common passwords"
        case .characters: "Holds a control character"
        case .classes: "Without a character of a class that passwords need"
        case .choice: "Not one of the values allowed"
        case .json: "The body is not JSON, or not an object"
        case .media: "The body has a type that the route does not take"
        case .size: "The body is too large"
        }
    }
}

extension Filter {
    var meaning: String {
        switch self {
        case .iso: "`2026-03-01T12:00:00Z`, with a fraction where there is one"
        case .isoMilliseconds: "`2026-03-01T12:00:00.000Z`"
        case .isoMicroseconds: "`2026-03-01T12:00:00.000000Z`"
        case .isoOffset: "`2026-03-01T12:00:00+00:00`"
        case .isoOffsetMilliseconds: "`2026-03-01T12:00:00.000+00:00`"
        case .isoOffsetMicroseconds: "`2026-03-01T12:00:00.000000+00:00`"
        case .sql: "`2026-03-01 12:00:00`"
        case .sqlMilliseconds: "`2026-03-01 12:00:00.000Z`"
        case .epoch: "Seconds since 1970, an integer"
        case .epochMilliseconds: "Milliseconds since 1970, an integer"
        case .string: "As text"
        case .integer: "As an integer"
        case .list: "As the one item of a list; an empty list where it is absent"
        case .lower: "In lower case"
        case .upper: "In upper case"
        case .flag: "`true` where it is there and true, else `false`"
        case .emptyText: "An empty text where it is absent"
        case .zero: "`0` where it is absent"
        case .no: "`false` where it is absent"
        case .optional: "The member is left out where it is absent; without this it is `null`"
        }
    }
}
