import WatchwordCore
import WatchwordEngine

extension RealmTransaction {
    func changes(after sequence: Int64) throws -> [(sequence: Int64, change: Change)] {
        try rows(
            "SELECT position, kind, subject FROM change WHERE realm = $1 AND position > $2 ORDER BY position",
            [.int(sequence)]
        ) { row in (try row.int(0), Self.change(try row.word(1), try row.text(2))) }
    }

    func lastChange() throws -> Int64 {
        try number("SELECT COALESCE(MAX(position), 0) FROM change WHERE realm = $1", [])
    }

    func announce(_ change: Change) throws {
        let (kind, subject): (Kind, String) =
            switch change {
            case .account(let id): (.account, id.text)
            case .session(let id): (.session, id.text)
            case .apiKey(let id): (.apiKey, id.text)
            case .agent(let id): (.agent, id.text)
            }
        try self.change(
            "INSERT INTO change (realm, kind, subject) VALUES ($1, $2, $3)", [.text(kind.rawValue), .text(subject)])
    }

    private enum Kind: String {
        case account, session, agent
        case apiKey = "api_key"
    }

    private static func change(_ kind: Kind, _ subject: String) -> Change {
        switch kind {
        case .account: .account(ID(subject))
        case .session: .session(ID(subject))
        case .apiKey: .apiKey(ID(subject))
        case .agent: .agent(ID(subject))
        }
    }
}
