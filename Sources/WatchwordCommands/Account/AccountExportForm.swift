import WatchwordCore
import WatchwordEngine

/// How an account is written for an export: what is absent is left out of a line, and empty in a row.
struct ExportForm {
    private let fields: [String]
    private let withHashes: Bool

    init(_ fields: [String], withHashes: Bool) {
        self.fields = fields
        self.withHashes = withHashes
    }

    private static let plain = ["id", "email", "email_verified", "username", "name", "role"]
    private static let counted = ["disabled", "usage_count", "usage_limit", "created_at", "updated_at"]
    private static let hashed = ["password_hash", "password_changed_at"]

    /// The first line of a table.
    var heading: String {
        let names = Self.plain + fields.map { "fields.\($0)" } + Self.counted + (withHashes ? Self.hashed : [])
        return names.map(Self.cell).joined(separator: ",") + "\r\n"
    }

    /// A record of JSON Lines.
    func line(_ exported: ExportedAccount) -> String {
        let own = fields.compactMap { name in exported.account.fields[name].map { Value.Member(name, $0) } }
        let members =
            plain(exported.account) + [Value.Member("fields", .object(own.filter { $0.value != .null }))]
            + counted(exported.account) + hashed(exported)
        return JSON.text(.object(members.filter { $0.value != .null && $0.value != .object([]) })) + "\n"
    }

    /// A record of a table.
    func row(_ exported: ExportedAccount) -> String {
        let own = fields.map { Value.Member($0, exported.account.fields[$0] ?? .null) }
        let members = plain(exported.account) + own + counted(exported.account) + hashed(exported)
        return members.map { Self.cell(Self.text($0.value)) }.joined(separator: ",") + "\r\n"
    }

    private func plain(_ account: Account) -> [Value.Member] {
        let values: [Value] = [
            .string(account.id.text), Value(account.email), .bool(account.emailVerified), Value(account.username),
            Value(account.name), Value(account.role),
        ]
        return zip(Self.plain, values).map { Value.Member($0, $1) }
    }

    private func counted(_ account: Account) -> [Value.Member] {
        let values: [Value] = [
            .bool(account.disabled), .int(account.usageCount), account.usageLimit.map(Value.int) ?? .null,
            Self.moment(account.createdAt), Self.moment(account.updatedAt),
        ]
        return zip(Self.counted, values).map { Value.Member($0, $1) }
    }

    private func hashed(_ exported: ExportedAccount) -> [Value.Member] {
        guard withHashes else { return [] }
        let changedAt = exported.password?.changedAt
        // A moment that import did not know is not told as one.
        let isKnown = changedAt != Timestamp(seconds: 0)
        let values = [Value(exported.password?.hash), isKnown ? changedAt.map(Self.moment) ?? .null : .null]
        return zip(Self.hashed, values).map { Value.Member($0, $1) }
    }

    private static func moment(_ moment: Timestamp) -> Value { .string(CivilTime(moment).text(fraction: 6)) }

    private static func text(_ value: Value) -> String {
        switch value {
        case .null: ""
        case .string(let text): text
        default: JSON.text(value)
        }
    }

    /// A field, in quotes where RFC 4180 section 2 asks for them.
    private static func cell(_ text: String) -> String {
        guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
