/// What a mail says, without words: those are the renderer's. It may hold a link that opens an account, so it is
/// stored only as `encoded` and sealed for `purpose`.
public struct MailContent: Hashable, Sendable {
    public var kind: Mail.Kind
    /// What opens something when it is followed or, of a contract with short codes, typed; no mail but `verify` and
    /// `reset` has one.
    public var link: String?
    /// How long the link is good.
    public var lifetime: Lifetime?
    /// Never a secret: a key is told by its hint.
    public var facts: [Fact: String]

    /// One thing that a mail tells. The raw value is its name in a template. What strangers can choose (a name, a device)
    /// is here as it came: the renderer writes it safely.
    public enum Fact: String, Hashable, Sendable, CaseIterable {
        /// What the person is called.
        case name
        /// What the person signs in with.
        case account
        /// When it happened, RFC 3339 in UTC to the second.
        case at
        /// The client address it came from; nothing for an operator's command.
        case address
        /// What the client called itself, or its program did.
        case device
        /// What its owner called an API key.
        case key
        /// Its first characters.
        case keyHint = "key_hint"
        /// The name of the agent that the key hangs on.
        case agent
        /// The address that the account has now; only in mail to that address.
        case email
    }

    /// The purpose under which the realm's sealer seals it.
    public static let purpose = "mail"

    public init(_ kind: Mail.Kind, link: String? = nil, lifetime: Lifetime? = nil, facts: [Fact: String] = [:]) {
        self.kind = kind
        self.link = link
        self.lifetime = lifetime
        self.facts = facts
    }

    /// A JSON object (RFC 8259): the same bytes for the same content.
    public var encoded: [UInt8] {
        var members = [Value.Member("kind", .string(kind.rawValue))]
        if let link { members.append(Value.Member("link", .string(link))) }
        if let lifetime { members.append(Value.Member("lifetime", .int(lifetime.seconds))) }
        members.append(
            Value.Member(
                "facts",
                .object(
                    facts.sorted { $0.key.rawValue < $1.key.rawValue }.map {
                        Value.Member($0.key.rawValue, .string($0.value))
                    })))
        var bytes: [UInt8] = []
        JSON.append(.object(members), to: &bytes)
        return bytes
    }

    /// What `encoded` gave; nothing of any other bytes.
    public init?(decoding bytes: [UInt8]) {
        guard case .success(let value) = JSON.parse(bytes), case .object(let members) = value,
            members.allSatisfy({ ["kind", "link", "lifetime", "facts"].contains($0.name) }),
            let kind = value["kind"]?.string.flatMap(Mail.Kind.init(rawValue:)),
            case .object(let told)? = value["facts"]
        else { return nil }
        self.init(kind)
        if let link = value["link"] {
            guard let text = link.string else { return nil }
            self.link = text
        }
        if let lifetime = value["lifetime"] {
            guard let seconds = lifetime.int, (0...Lifetime.never.seconds).contains(seconds) else { return nil }
            self.lifetime = .seconds(seconds)
        }
        for member in told {
            guard let fact = Fact(rawValue: member.name), let text = member.value.string else { return nil }
            facts[fact] = text
        }
    }
}
