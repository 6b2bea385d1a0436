import WatchwordCore

/// Checks the access tokens of a Watchword realm in the process that receives them: no request to the server for each.
///
/// The algorithm is the key's, never the token's (RFC 8725 section 3.1). A token is believed until its `exp`; one that
/// was revoked before is only known as such to `online`, which asks the server.
public struct Verifier: Sendable {
    private let keys: VerifierKeys
    private let requirements: TokenRequirements
    private let online: OnlineCheck?
    private let clock: any WallClock

    /// The longest token that is looked at, in bytes.
    public static let maximumBytes = 8_192

    public init(
        keys: VerifierKeys, requirements: TokenRequirements = TokenRequirements(), online: OnlineCheck? = nil,
        clock: any WallClock = SystemTime()
    ) {
        self.keys = keys
        self.requirements = requirements
        self.online = online
        self.clock = clock
    }

    /// What a good token says. Throws why it is not good.
    public func verify(_ token: String) async throws(TokenRefusal) -> VerifiedToken {
        let parts = try Parts(token)
        let known: [VerificationKey]
        switch keys.source {
        case .fixed(let keys): known = keys
        case .fetched(let cache): known = try await cache.keys(knowing: parts.keyID)
        }
        // A name chooses among our keys and nothing else (RFC 8725 section 3.10).
        let named = known.filter { $0.id == nil || parts.keyID == nil || $0.id == parts.keyID }
        guard !named.isEmpty else { throw .unknownKey }
        let fitting = named.filter { $0.algorithm == parts.algorithm }
        guard !fitting.isEmpty else { throw .wrongAlgorithm }
        guard fitting.contains(where: { $0.isValid(parts.signature, for: parts.signed) }) else { throw .wrongSignature }
        // Nothing of the payload is read before it is authentic.
        guard let payload = TextEncoding.base64urlBytes(parts.payload), case .success(let claims) = JSON.parse(payload),
            case .object = claims
        else { throw .malformed }
        let verified = try requirements.check(claims, at: clock.now().seconds)
        if let online { try await online.confirm(token) }
        return verified
    }
}

extension Verifier {
    /// A JWT in compact form, taken apart (RFC 7515 section 7.1).
    private struct Parts {
        let algorithm: SigningAlgorithm
        let keyID: String?
        let payload: ArraySlice<UInt8>
        let signed: [UInt8]
        let signature: [UInt8]

        init(_ token: String) throws(TokenRefusal) {
            let bytes = Array(token.utf8)
            guard bytes.count <= Verifier.maximumBytes else { throw .malformed }
            let parts = bytes.split(separator: UInt8(ascii: "."), maxSplits: 3, omittingEmptySubsequences: false)
            guard parts.count == 3, let header = TextEncoding.base64urlBytes(parts[0]),
                let signature = TextEncoding.base64urlBytes(parts[2]), case .success(let members) = JSON.parse(header),
                let name = members["alg"]?.string
            else { throw .malformed }
            // RFC 7515 section 4.1.11: what is critical and not understood must be refused.
            guard members["crit"] == nil, ["jwt", "at+jwt"].contains(members["typ"]?.string?.lowercased() ?? "jwt")
            else { throw .malformed }
            guard let algorithm = SigningAlgorithm(rawValue: name) else { throw .wrongAlgorithm }
            self.algorithm = algorithm
            keyID = members["kid"]?.string
            payload = parts[1]
            signed = Array(bytes[..<parts[1].endIndex])
            self.signature = signature
        }
    }
}
