import WatchwordCore
import WatchwordEngine

/// What any `Store` must do, as cases that a test runs one by one against a fresh database.
public enum StoreContract {
    /// One promise of the store, and how to find out whether it is kept.
    public struct Case: Sendable, CustomStringConvertible {
        public let description: String
        public let run: @Sendable (Stores) async throws -> Void

        init(_ description: String, _ run: @escaping @Sendable (Stores) async throws -> Void) {
            self.description = description
            self.run = run
        }
    }

    /// Two realms of one database.
    public struct Stores: Sendable {
        public let store: any Store
        public let other: any Store

        public init(store: any Store, other: any Store) {
            self.store = store
            self.other = other
        }
    }

    /// Thrown where a promise is broken.
    public struct Breach: Error, CustomStringConvertible {
        public let description: String
    }

    public static let all: [Case] =
        accounts + sessions + tokens + keys + agents + signingKeys + records + transactions + expiry
        + acceptance + connections + networks
}

/// Throws unless the two are equal.
func same<Content: Equatable>(_ found: Content?, _ expected: Content?, line: Int = #line, file: String = #fileID) throws
{
    guard found == expected else {
        throw StoreContract.Breach(
            description: "\(file):\(line): found \(String(describing: found)), expected \(String(describing: expected))"
        )
    }
}

/// Nouns with plausible contents; a case changes what it is about.
enum Sample {
    static let now = Timestamp(seconds: 1_767_225_600)

    static func account(_ id: String = "a1", email: String? = nil, username: String? = nil) -> Account {
        Account(
            id: ID(id), email: email ?? "\(id)@Example.com", username: username, name: "Ada",
            fields: ["plan": .string("free"), "note": .null, "visits": .int(3)], usageLimit: 100, createdAt: now,
            updatedAt: now)
    }

    static func session(_ id: String = "s1", of account: String = "a1", hours: Int64 = 1) -> Session {
        Session(
            id: ID(id), accountID: ID(account), method: "pwd", address: "192.0.2.1", userAgent: "curl/8",
            createdAt: now,
            expiresAt: now + .hours(hours))
    }

    static func digest(_ number: UInt8) -> TokenDigest { TokenDigest([UInt8](repeating: number, count: 32)) }

    static func key(_ id: String = "k1", of account: String = "a1", agent: String? = nil, digest: UInt8 = 1) -> APIKey {
        APIKey(
            id: ID(id), accountID: ID(account), agentID: agent.map { ID($0) }, name: "deploy",
            digest: self.digest(digest),
            hint: "ww_ab", generation: 1, createdAt: now, expiresAt: now + .days(30))
    }

    static func signingKey(_ generation: Int64 = 1, name: String = "main") -> SigningKeyRecord {
        SigningKeyRecord(
            id: ID("\(name) \(generation)"), name: name, generation: generation, algorithm: .es256,
            sealed: [0, 255, 7],
            createdAt: now, signsFrom: now + .hours(1))
    }

    static func agent(_ id: String = "g1", of account: String = "a1") -> Agent {
        Agent(id: ID(id), accountID: ID(account), name: "build server", createdAt: now)
    }

    static func mail(_ id: String = "m1", of account: String? = "a1") -> Mail {
        Mail(
            id: ID(id), kind: .verify, recipient: "a1@example.com", accountID: account.map { ID($0) },
            sealed: [0, 255, 7], createdAt: now, dueAt: now)
    }

    static func accessToken(_ number: UInt8, second: Int64, session: String = "s1") -> AccessTokenRecord {
        AccessTokenRecord(
            digest: digest(number), sessionID: ID(session), accountID: ID("a1"), issuedSecond: second,
            expiresAt: now + .hours(1))
    }

    static func ticket(_ number: UInt8, session: String = "s1", seconds: Int64 = 30) -> SocketTicketRecord {
        SocketTicketRecord(
            digest: digest(number), sessionID: ID(session), path: "/api/terminal/7/ws",
            origin: "https://app.example", tokenExpiresAt: now + .hours(1), expiresAt: now + .seconds(seconds))
    }

    static func oneTimeToken(_ number: UInt8, _ purpose: OneTimeTokenRecord.Purpose = .reset) -> OneTimeTokenRecord {
        OneTimeTokenRecord(
            digest: digest(number), purpose: purpose, accountID: ID("a1"), email: "a1@example.com", createdAt: now,
            expiresAt: now + .hours(1))
    }
}
