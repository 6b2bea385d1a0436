/// What a contract asks of the engine: the named options of its operations. A dialect states them;
/// the engine implements each once. Nothing here is about the wire.
public struct Terms: Hashable, Sendable {
    public var accounts = AccountTerms()
    public var password = PasswordTerms()
    public var access = AccessTokenTerms()
    /// Nothing where the contract has no refresh token.
    public var refresh: RefreshTokenTerms?
    /// Nothing where the contract sends no verification link.
    public var verify: OneTimeTokenTerms?
    public var reset: OneTimeTokenTerms?
    /// Nothing where the contract has no API keys.
    public var apiKeys: APIKeyTerms?
    public var session = SessionTerms()

    public init() {}
}

public struct AccountTerms: Hashable, Sendable {
    public var idFormat = IDFormat.uuid
    /// What a person signs in with, in the order tried.
    public var login: [Identifier.Kind] = [.email]
    /// The identifiers sign-up must be given.
    public var required: [Identifier.Kind] = [.email]
    public var fields: [FieldTerms] = []
    /// The first is given at sign-up; empty where the contract has no roles.
    public var roles: [String] = []
    /// Whether signing in needs a verified address.
    public var requireVerified = false
    /// Whether signing up begins a session, because its reply shows a token or the session.
    public var signUpSignsIn = false
    /// Whether strangers may sign up.
    public var signUpOpen = true

    public init() {}
}

/// One typed extra of an account.
public struct FieldTerms: Hashable, Sendable {
    public var name: String
    public var type: FieldType
    /// What a new account has: `.null` where nothing is said.
    public var initial: Value
    /// The longest string, in characters.
    public var maximum: Int

    public init(name: String, type: FieldType, initial: Value = .null, maximum: Int = 1_024) {
        self.name = name
        self.type = type
        self.initial = initial
        self.maximum = maximum
    }
}

public enum FieldType: String, Hashable, Sendable, CaseIterable { case string, int, bool, json }

public struct PasswordTerms: Hashable, Sendable {
    /// In characters.
    public var minimum = 8
    /// In characters; 1,024 bytes bound it as well.
    public var maximum = 128
    /// Whether passwords on the list of common ones are refused (ASVS 5.0 6.2.4).
    public var refuseCommon = true

    public init() {}
}

public struct AccessTokenTerms: Hashable, Sendable {
    public var format: TokenFormat = .opaque(prefix: "", bytes: 32, encoding: .base64url)
    public var lifetime = Lifetime.hours(1)

    public init() {}
}

/// How a token is written.
public enum TokenFormat: Hashable, Sendable {
    /// Claims in order, signed by the realm key of that name. `closed`: no member may be added, so the token
    /// has no `jti` and its session is found by the token's digest.
    case jwt(key: String, claims: [ClaimMember], closed: Bool)
    case opaque(prefix: String, bytes: Int, encoding: TextEncoding)
}

public struct RefreshTokenTerms: Hashable, Sendable {
    public var format: TokenFormat
    public var lifetime: Lifetime
    public var use: Use
    /// How long a used token still gets the same successor; 0 s for not at all.
    public var grace: Lifetime

    /// Whether a refresh token is exchanged for a new one or lives to its own end.
    public enum Use: String, Hashable, Sendable, CaseIterable { case rotate, reuse }

    public init(format: TokenFormat, lifetime: Lifetime, use: Use, grace: Lifetime = .seconds(0)) {
        self.format = format
        self.lifetime = lifetime
        self.use = use
        self.grace = grace
    }
}

public struct OneTimeTokenTerms: Hashable, Sendable {
    public var lifetime: Lifetime
    /// The link that is mailed, in pieces: text, and the places of the public URL and the token.
    public var link: [LinkPiece]

    public init(lifetime: Lifetime, link: [LinkPiece] = []) {
        self.lifetime = lifetime
        self.link = link
    }
}

public enum LinkPiece: Hashable, Sendable {
    case text(String)
    case publicURL
    case token
}

public struct APIKeyTerms: Hashable, Sendable {
    public var prefix = ""
    /// Bytes behind the prefix, of which the last 4 are a checksum; at least 20.
    public var bytes = 32
    public var encoding = TextEncoding.hex
    public var shown = Shown.once
    public var issueOnSignUp = false
    /// Whether a key hangs on an agent rather than on the account.
    public var boundToAgent = false
    /// The uses a new account is allowed in all; nothing where uses are not limited.
    public var usageLimit: Int64?
    /// Whether a key without the prefix is read as one with it.
    public var acceptBare = false

    /// `always` derives the key from a realm secret, so that it can be shown again without being stored.
    public enum Shown: String, Hashable, Sendable, CaseIterable { case once, always }

    public init() {}
}

public struct SessionTerms: Hashable, Sendable {
    /// The absolute end of a session, past any renewal or rotation.
    public var maximum = Lifetime.days(90)

    public init() {}
}
