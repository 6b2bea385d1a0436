import WatchwordCore
import WatchwordEngine

extension Account: Displayable {
    static var columns: [String] { ["id", "email", "username", "role", "verified", "disabled", "created"] }

    var row: [String] {
        [
            id.text, Text.of(email), Text.of(username), Text.of(role), String(emailVerified), String(disabled),
            Text.of(createdAt),
        ]
    }

    var facts: [(name: String, value: Value)] {
        [
            ("id", .string(id.text)), ("email", Value(email)), ("username", Value(username)), ("name", Value(name)),
            ("role", Value(role)), ("verified", .bool(emailVerified)), ("disabled", .bool(disabled)),
            ("usage_count", .int(usageCount)), ("usage_limit", usageLimit.map(Value.int) ?? .null),
            ("created_at", Value(createdAt)), ("updated_at", Value(updatedAt)),
        ] + fields.sorted { $0.key < $1.key }.map { ("fields.\($0.key)", $0.value) }
    }
}

extension AccountSummary: Displayable {
    static var columns: [String] { Account.columns }
    var row: [String] { account.row }

    var facts: [(name: String, value: Value)] {
        account.facts + [
            ("password_changed_at", Value(passwordChangedAt.flatMap { $0 == Timestamp(seconds: 0) ? nil : $0 })),
            ("live_sessions", .int(Int64(liveSessions))),
            ("live_api_keys", .int(Int64(liveAPIKeys))), ("agents", .int(agents)),
        ]
    }
}
