/// Why a token was not believed. None of them says more to a stranger than that the token is not good.
public enum TokenRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// No JWT in compact form (RFC 7515 section 3.1), one longer than is read, or one with a header that is not understood.
    case malformed
    /// Signed with an algorithm that no key of ours has.
    case wrongAlgorithm
    /// The key that it names is not among the keys, nor among those fetched anew.
    case unknownKey
    case wrongSignature
    /// Past its `exp`, or without one where one is required.
    case expired
    /// Before its `nbf`, or issued in the future.
    case notYetValid
    case wrongIssuer
    case wrongAudience
    /// A required claim is missing or has another value.
    case wrongClaim(String)
    /// The server says that it is not good any more (RFC 7662 section 2.2).
    case inactive
    /// Nothing is known of the keys, or of the token at the server, because nobody answers.
    case unavailable

    /// Whether the token is not to blame: 503 fits better than 401.
    public var isTemporary: Bool { self == .unavailable }

    public var description: String {
        switch self {
        case .malformed: "no token that can be read"
        case .wrongAlgorithm: "signed with another algorithm"
        case .unknownKey: "signed with an unknown key"
        case .wrongSignature: "the signature is wrong"
        case .expired: "expired"
        case .notYetValid: "not valid yet"
        case .wrongIssuer: "of another issuer"
        case .wrongAudience: "for another audience"
        case .wrongClaim(let name): "the claim \(name) is not as required"
        case .inactive: "no longer good at the server"
        case .unavailable: "cannot be checked now"
        }
    }
}
