import Testing
import WatchwordCore

/// Every part is given its own name as its text or bytes, and the numbers and moments count up in the order declared.
@Suite("What nouns are made of")
struct NounTests {
    private static func at(_ second: Int64) -> Timestamp { Timestamp(seconds: second) }
    private static func digest(_ text: String = "digest") -> TokenDigest { TokenDigest(Array(text.utf8)) }

    private static let account = Account(
        id: ID("id"), email: "email", username: "username", emailVerified: true, name: "name", role: "role",
        fields: ["fields": .null], usageCount: 1, usageLimit: 2, disabled: false, createdAt: at(3), updatedAt: at(4))
    private static let session = Session(
        id: ID("id"), accountID: ID("accountID"), method: "method", address: "address", userAgent: "userAgent",
        device: "device", createdAt: at(1), expiresAt: at(2))
    private static let key = APIKey(
        id: ID("id"), accountID: ID("accountID"), agentID: ID("agentID"), name: "name", digest: digest(), hint: "hint",
        generation: 1, createdAt: at(2), expiresAt: at(3), lastUsedAt: at(4), revokedAt: at(5), rotatedAt: at(6))

    private static let nouns: [any Sendable] = [
        account, session, key,
        Agent(
            id: ID("id"), accountID: ID("accountID"), name: "name", createdAt: at(1), lastSeenAt: at(2),
            lastAddress: "lastAddress", version: "version", connectedAt: at(3), online: true, isShared: false),
        AuditEvent(
            sequence: 1, at: at(2), kind: .signIn, accountID: ID("accountID"), sessionID: ID("sessionID"),
            address: "address", outcome: "outcome", detail: "detail"),
        PasswordCredential(accountID: ID("accountID"), hash: "hash", version: 1, changedAt: at(2)),
        SigningKeyRecord(
            id: ID("id"), name: "name", generation: 1, algorithm: .es256, sealed: Array("sealed".utf8),
            createdAt: at(2),
            signsFrom: at(3), expiresAt: at(4)),
        SigningKeyStanding(
            name: "name", id: "id", algorithm: .es256, state: .signing, signsFrom: at(1), verifiesUntil: at(2)),
        Mail(
            id: ID("id"), kind: .verify, recipient: "recipient", accountID: ID("accountID"),
            sealed: Array("sealed".utf8),
            createdAt: at(1), attempts: 2_000_000, dueAt: at(3), sentAt: at(4), lastError: "lastError", dead: true),
        AccessTokenRecord(
            digest: digest(), sessionID: ID("sessionID"), accountID: ID("accountID"), issuedSecond: 1, expiresAt: at(2)),
        RefreshTokenRecord(
            digest: digest(), sessionID: ID("sessionID"), expiresAt: at(1), usedAt: at(2),
            successor: Array("successor".utf8)),
        SocketTicketRecord(
            digest: digest(), sessionID: ID("sessionID"), path: "path", origin: "origin", tokenExpiresAt: at(1),
            expiresAt: at(2), usedAt: at(3)),
        OneTimeTokenRecord(
            digest: digest(), purpose: .reset, accountID: ID("accountID"), email: "email", createdAt: at(1),
            expiresAt: at(2), usedAt: at(3)),
        IssuedToken(text: Secret("text"), issuedAt: at(1), expiresAt: at(2)),
        Paging(total: 1, limit: 2, offset: 3, count: 4),
        ClientAddress(text: "text", network: "network"),
        FirebaseHash(
            memoryCost: 1, rounds: 2, separator: Array("separator".utf8), salt: Array("salt".utf8),
            hash: Array("hash".utf8)),
        ClaimFacts(
            account: account, sessionID: ID("sessionID"), tokenID: "tokenID", issuedAt: at(1), expiresAt: at(2),
            issuer: "issuer"),
        Refusal(.busy, problems: [InputProblem(.name, .required)], retryAfter: 1, allow: ["allow"], faultID: "faultID"),
        InputProblem(.name, .max, bound: 1, expected: "expected", value: .string("value")),
    ]

    @Test("is kept under its own name", arguments: nouns.indices)
    func parts(_ index: Int) throws {
        let noun = Self.nouns[index]
        var last: Int64 = 0
        var known = 0
        for (label, part) in Mirror(reflecting: noun).children {
            let label = try #require(label)
            guard let part = Self.content(part) else { continue }
            known += 1
            if let text = Self.text(part) {
                #expect(text == label, "\(type(of: noun))")
            } else if let number = Self.number(part) {
                #expect(number > last, "\(type(of: noun)).\(label)")
                last = number
            } else {
                known -= 1
            }
        }
        #expect(known > 1, "\(noun)")
    }

    @Test("is there to be found when it is set later, and is nobody else's")
    func values() {
        var changed = Self.account
        changed.role = "admin"
        #expect(Self.account.role == "role" && changed != Self.account)
        changed.role = "role"
        #expect(changed == Self.account && changed.hashValue == Self.account.hashValue)
        var realm = Realm(id: ID("r"), publicURL: "https://a.example", terms: Terms())
        let other = realm
        realm.terms.accounts.roles.append("admin")
        #expect(other.terms.accounts.roles.isEmpty && realm != other)
    }

    /// What an optional holds, or nothing.
    private static func content(_ part: Any) -> Any? {
        let mirror = Mirror(reflecting: part)
        return mirror.displayStyle == .optional ? mirror.children.first?.value : part
    }

    private static func text(_ part: Any) -> String? {
        switch part {
        case let text as String: text
        case let secret as Secret: secret.revealed
        case let digest as TokenDigest: String(decoding: digest.bytes, as: UTF8.self)
        case let bytes as [UInt8]: String(decoding: bytes, as: UTF8.self)
        case let texts as [String]: texts.first
        case let value as Value: value.string
        case let fields as [String: Value]: fields.keys.first
        case let id as Account.ID: id.text
        case let id as Session.ID: id.text
        case let id as APIKey.ID: id.text
        case let id as Agent.ID: id.text
        case let id as Mail.ID: id.text
        case let id as SigningKeyRecord.ID: id.text
        default: nil
        }
    }

    private static func number(_ part: Any) -> Int64? {
        switch part {
        case let number as Int64: number
        case let number as Int: Int64(number)
        case let moment as Timestamp: moment.microseconds
        default: nil
        }
    }
}
