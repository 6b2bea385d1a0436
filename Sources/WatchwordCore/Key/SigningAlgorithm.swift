/// The `alg` values of RFC 7518 section 3.1 and RFC 8037 section 3.1 that a realm can sign with; `none` is not among them.
public enum SigningAlgorithm: String, Hashable, Sendable, CaseIterable {
    case hs256 = "HS256"
    case hs384 = "HS384"
    case hs512 = "HS512"
    case rs256 = "RS256"
    case rs384 = "RS384"
    case rs512 = "RS512"
    case ps256 = "PS256"
    case es256 = "ES256"
    case es384 = "ES384"
    case es512 = "ES512"
    /// With Ed25519 (RFC 8032).
    case edDSA = "EdDSA"

    /// The kinds of key: one shared secret, or a private key whose public half verifies.
    public enum Family: String, Hashable, Sendable, CaseIterable { case hmac, rsa, ecdsa, eddsa }

    public var family: Family {
        switch self {
        case .hs256, .hs384, .hs512: .hmac
        case .rs256, .rs384, .rs512, .ps256: .rsa
        case .es256, .es384, .es512: .ecdsa
        case .edDSA: .eddsa
        }
    }

    /// Whether whoever verifies can also sign.
    public var isSymmetric: Bool { family == .hmac }

    /// RFC 7518 section 3.2: a shared secret is at least as long as the hash. 0 where the key is no secret text.
    public var minimumBytes: Int {
        switch self {
        case .hs256: 32
        case .hs384: 48
        case .hs512: 64
        default: 0
        }
    }
}
