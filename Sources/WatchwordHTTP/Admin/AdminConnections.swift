import WatchwordCore
import WatchwordEngine

/// The open sockets of this process, as the operator's door shows and ends them.
public struct AdminConnections: Sendable {
    let list: @Sendable () -> [ConnectionRecord]
    let end: @Sendable (UInt64) -> Bool

    /// `list` gives every authenticated socket in all realms; `end` ends one by its number, and says whether there was
    /// one.
    public init(list: @escaping @Sendable () -> [ConnectionRecord], end: @escaping @Sendable (UInt64) -> Bool) {
        self.list = list
        self.end = end
    }

    /// How many were ended.
    func end(_ choice: Choice) -> Int {
        if case .number(let number) = choice { return end(number) ? 1 : 0 }
        return list().filter(choice.fits).filter { end($0.number) }.count
    }

    /// Which of them are meant.
    enum Choice: Equatable {
        case number(UInt64)
        case account(Account.ID, Realm.ID)
        case agent(Agent.ID, Realm.ID)
        /// Of a realm.
        case all(Realm.ID)

        func fits(_ record: ConnectionRecord) -> Bool {
            switch self {
            case .number(let number): record.number == number
            case .account(let account, let realm): record.realm == realm && record.accountID == account
            case .agent(let agent, let realm): record.realm == realm && record.agentID == agent
            case .all(let realm): record.realm == realm
            }
        }

        /// `{"number":7}`, or `{"realm":"chatops"}` with one of `"account":ID`, `"agent":ID` and `"all":true`; nothing
        /// for anything else.
        init?(_ body: [UInt8]) {
            guard case .success(.object(let members)) = JSON.parse(body) else { return nil }
            let value = Value.object(members)
            switch members.count {
            case 1:
                guard let number = value["number"]?.int.flatMap({ UInt64(exactly: $0) }) else { return nil }
                self = .number(number)
            case 2:
                guard let realm = value["realm"]?.string.map({ Realm.ID($0) }) else { return nil }
                if let account = value["account"]?.string {
                    self = .account(Account.ID(account), realm)
                } else if let agent = value["agent"]?.string {
                    self = .agent(Agent.ID(agent), realm)
                } else if value["all"] == .bool(true) {
                    self = .all(realm)
                } else {
                    return nil
                }
            default: return nil
            }
        }
    }
}

extension ConnectionRecord {
    static var columns: [String] {
        ["number", "realm", "role", "account", "agent", "by", "address", "opened", "expires", "route", "client"]
    }

    var row: [String] {
        [
            String(number), realm.text, role.rawValue, accountID.text, agentID?.text ?? "-", proof.text, address.text,
            CivilTime(openedAt).text(), expiresAt.map { CivilTime($0).text() } ?? "-", route,
            client.map(Self.shown) ?? "-",
        ]
    }

    var object: Value {
        .object([
            Value.Member("number", .int(Int64(clamping: number))), Value.Member("realm", .string(realm.text)),
            Value.Member("role", .string(role.rawValue)), Value.Member("account_id", .string(accountID.text)),
            Value.Member("agent_id", agentID.map { .string($0.text) } ?? .null),
            Value.Member("session_id", proof.session.map { .string($0.text) } ?? .null),
            Value.Member("api_key_id", proof.apiKey.map { .string($0.text) } ?? .null),
            Value.Member("address", .string(address.text)),
            Value.Member("opened_at", .string(CivilTime(openedAt).text(fraction: 3))),
            Value.Member("expires_at", expiresAt.map { .string(CivilTime($0).text(fraction: 3)) } ?? .null),
            Value.Member("route", .string(route)), Value.Member("client", client.map(Value.string) ?? .null),
        ])
    }

    /// What a client calls itself could move a terminal's cursor.
    private static func shown(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { Identifier.isControl($0) ? "\u{FFFD}" : $0 }))
    }
}

extension ConnectionRecord.Proof {
    fileprivate var session: Session.ID? { if case .session(let id) = self { id } else { nil } }
    fileprivate var apiKey: APIKey.ID? { if case .apiKey(let id) = self { id } else { nil } }

    fileprivate var text: String {
        switch self {
        case .session(let id): "session \(id.text)"
        case .apiKey(let id): "key \(id.text)"
        }
    }
}
