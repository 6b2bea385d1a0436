/// Where a request comes from and, once authenticated, whose it is.
public struct Caller: Sendable {
    public var address: ClientAddress
    public var userAgent: String?
    public var principal: Principal?

    public init(address: ClientAddress, userAgent: String? = nil, principal: Principal? = nil) {
        self.address = address
        self.userAgent = userAgent
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

    public enum Proof: Sendable, Equatable {
        /// An access token of a session.
        case session(Session)
        case apiKey(APIKey)
    }

    public init(account: Account, proof: Proof) {
        self.account = account
        self.proof = proof
    }

    public var session: Session? { if case .session(let session) = proof { session } else { nil } }
    public var apiKey: APIKey? { if case .apiKey(let key) = proof { key } else { nil } }
}

/// A credential as found in a request, not yet believed.
public struct PresentedCredential: Sendable, Equatable {
    public var kind: Kind
    public var text: Secret

    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case access
        case apiKey = "api_key"
        /// A refresh token, where a contract carries it like an access token.
        case refresh
    }

    public init(kind: Kind, text: Secret) {
        self.kind = kind
        self.text = text
    }
}
