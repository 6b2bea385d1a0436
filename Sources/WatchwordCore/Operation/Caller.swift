/// Where a request comes from and, once authenticated, whose it is.
public struct Caller: Sendable {
    public var address: ClientAddress
    public var userAgent: String?
    /// The `Origin` of the request (RFC 6454 section 7), as a browser writes it; nothing where there was none.
    public var origin: String?
    public var principal: Principal?

    public init(
        address: ClientAddress, userAgent: String? = nil, origin: String? = nil, principal: Principal? = nil
    ) {
        self.address = address
        self.userAgent = userAgent
        self.origin = origin
        self.principal = principal
    }
}

/// The client's address as the listener or a trusted proxy states it.
public struct ClientAddress: Hashable, Sendable {
    /// As text, for records: `192.0.2.7`, `2001:db8::1`, `cli`.
    public var text: String
    /// What is throttled as one: the address itself for IPv4, its /64 for IPv6.
    public var network: String

    public init(text: String, network: String) {
        self.text = text
        self.network = network
    }
}

/// Whoever a request was authenticated as, and by what. Immutable and shared: the caches hand it out by reference.
public final class Principal: Sendable {
    public let account: Account
    public let proof: Proof
    /// The end of the access token that proved it; nothing where none did, or its end is not its own.
    public let expiresAt: Timestamp?

    public enum Proof: Sendable, Equatable {
        /// An access token of a session.
        case session(Session)
        case apiKey(APIKey)
        /// The password itself, which was set at that moment; there is no session.
        case password(changedAt: Timestamp)

        public var kind: PresentedCredential.Kind {
            switch self {
            case .session: .access
            case .apiKey: .apiKey
            case .password: .password
            }
        }
    }

    public init(account: Account, proof: Proof, expiresAt: Timestamp? = nil) {
        self.account = account
        self.proof = proof
        self.expiresAt = expiresAt
    }

    public var session: Session? { if case .session(let session) = proof { session } else { nil } }
    public var apiKey: APIKey? { if case .apiKey(let key) = proof { key } else { nil } }
}

/// A credential as found in a request, not yet believed.
public struct PresentedCredential: Sendable, Equatable {
    public var kind: Kind
    public var text: Secret
    /// What it may be instead, in the order to try, where carriers of several kinds share its field.
    public var otherKinds: [Kind] = []
    /// Whose it must be, where a second field says so: a good credential of anybody else is an invalid one.
    public var owner: Owner?

    /// The account that a field beside a credential names.
    public struct Owner: Sendable, Equatable {
        /// Nothing where any of them will do.
        public var names: AcceptedToken.Subject?
        public var text: String

        public init(_ names: AcceptedToken.Subject?, _ text: String) {
            self.names = names
            self.text = text
        }

        /// Whether that is `account`, told in constant time for equal lengths.
        public func isOwner(_ account: Account) -> Bool {
            var isOwner = false
            for subject in names.map({ [$0] }) ?? AcceptedToken.Subject.allCases {
                let (said, known): (String, String?) =
                    switch subject {
                    case .id: (text, account.id.text)
                    case .email: (Identifier.key(text), account.email.map(Identifier.key))
                    case .username: (Identifier.key(text), account.username.map(Identifier.key))
                    }
                if let known { isOwner = constantTimeEqual(said.utf8, known.utf8) || isOwner }
            }
            return isOwner
        }
    }

    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case access
        case apiKey = "api_key"
        /// A refresh token, where a contract carries it like an access token.
        case refresh
        /// The password with each request, where a contract has no tokens; `owner` says whose.
        case password
    }

    public init(kind: Kind, text: Secret) {
        self.kind = kind
        self.text = text
    }
}
