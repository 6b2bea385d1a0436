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
    public var accepted = AcceptedTerms()
    public var limits = LimitTerms()

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
    /// Whether sign-up answers the same for an identifier that is taken as for one that is free (ASVS 5.0 6.3.8);
    /// the owner is told by mail.
    public var hidesTaken = false
    /// The roles whose accounts may see and list others.
    public var administrators: [String] = []
    /// Whether every signed-in account may see and list others.
    public var usersSeeUsers = false
    /// Whether the reply to an account's own change shows an access token, so that a new one is made.
    public var updateShowsToken = false

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
    /// The classes of which a password must have a character each; a contract's wish, not ours (ASVS 5.0 6.2.5).
    public var classes: [PasswordClass] = []
    /// Of how many of the classes lower, upper, digit and symbol it must have a character at least.
    public var leastClasses = 0
    /// Whether changing it begins a new session in the place of the caller's, because the reply shows a token or the
    /// session; elsewhere the caller's session stays and only the others end.
    public var changeSignsIn = true

    public init() {}
}

/// The raw value is its name in a dialect file.
public enum PasswordClass: String, Hashable, Sendable, CaseIterable { case lower, upper, letter, digit, symbol }

public struct AccessTokenTerms: Hashable, Sendable {
    /// False where the contract has no access token, so that signing in gives none.
    public var isIssued = true
    public var format = TokenFormat.opaque(OpaqueFormat())
    public var lifetime = Lifetime.hours(1)
    /// For whom tokens are, where that is not every dialect of the realm: elsewhere such a token is unknown, and here
    /// theirs are. Opaque tokens only; empty for all.
    public var audience = ""

    public init() {}
}

/// How a token is written.
public enum TokenFormat: Hashable, Sendable {
    /// Claims in order, signed by the realm key of that name. `closed`: no member may be added, so the token
    /// has no `jti` and its session is found by the token's digest.
    case jwt(key: String, claims: [ClaimMember], closed: Bool)
    case opaque(OpaqueFormat)
}

/// A random text: a prefix, and as many random characters as the contract wants.
public struct OpaqueFormat: Hashable, Sendable {
    public var prefix: String
    public var content: Content

    public enum Content: Hashable, Sendable {
        case bytes(Int, TextEncoding)
        /// So many characters of an alphabet of ASCII characters, each once in it.
        case letters(alphabet: String, length: Int)
        /// RFC 9562 version 4: 122 random bits.
        case uuid
    }

    public init(prefix: String = "", _ content: Content = .bytes(32, .base64url)) {
        self.prefix = prefix
        self.content = content
    }
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
    public var format = OpaqueFormat()
    /// Whether it is mailed at sign-up and when the address changes, and not only when it is asked for.
    public var isSentUnasked = true
    /// Whether using it begins a session, because the reply shows a token or the session.
    public var signsIn = false
    /// Whether asking for one tells that no account has the address, because the route maps `unknown_account`.
    public var tellsUnknown = false

    public init(lifetime: Lifetime, link: [LinkPiece] = []) {
        self.lifetime = lifetime
        self.link = link
    }

    /// The path under the public URL at which a page can stand: the link leads to it and has the token in the query or
    /// behind a `#`. Nothing for any other link.
    public var linkPath: String? {
        guard link.first == .publicURL, link.count > 1, case .text(let text) = link[1], text.hasPrefix("/"),
            let end = text.firstIndex(where: { $0 == "?" || $0 == "#" })
        else { return nil }
        return String(text[..<end])
    }
}

public enum LinkPiece: Hashable, Sendable {
    case text(String)
    case publicURL
    case token
    /// The account's id, for contracts whose links name it beside the token.
    case accountID
    case email
}

public struct APIKeyTerms: Hashable, Sendable {
    public var prefix = ""
    /// Bytes behind the prefix, of which the last 4 are a checksum; at least 20.
    public var bytes = 32
    public var encoding = TextEncoding.hex
    /// So many characters of an alphabet in place of `bytes` and `encoding`, the last ones a checksum.
    public var letters: Letters?
    /// How long a key lasts where its maker does not say; nothing for ever.
    public var lifetime: Lifetime?
    /// How long a rotated key stays good where nobody says.
    public var overlap = Lifetime.seconds(0)
    public var shown = Shown.once
    public var issueOnSignUp = false
    /// Whether a key hangs on an agent rather than on the account.
    public var boundToAgent = false
    /// The uses a new account is allowed in all; nothing where uses are not limited.
    public var usageLimit: Int64?
    /// Whether a key without the prefix is read as one with it.
    public var acceptBare = false

    public struct Letters: Hashable, Sendable {
        public var alphabet: String
        public var length: Int

        public init(alphabet: String, length: Int) {
            self.alphabet = alphabet
            self.length = length
        }
    }

    /// `always` derives the key from a realm secret, so that it can be shown again without being stored.
    public enum Shown: String, Hashable, Sendable, CaseIterable { case once, always }

    public init() {}
}

public struct SessionTerms: Hashable, Sendable {
    /// The absolute end of a session, past any renewal or rotation.
    public var maximum = Lifetime.days(90)

    public init() {}
}
