import WatchwordCore

/// What a token must say beside being signed.
public struct TokenRequirements: Sendable {
    /// The `iss` it must have; nothing for any. Watchword's is the realm's public URL where the dialect writes one.
    public var issuer: String?
    /// What `aud` must be or hold (RFC 7519 section 4.1.3); nothing for any.
    public var audience: String?
    /// Claims that must have these values, such as `token_type: access`. State what tells an access token from a refresh
    /// token of the same key, if the dialect writes both as JWTs.
    public var claims: [String: Value] = [:]
    /// Where the account is named: `["sub"]`, or a path into nested claims.
    public var subject: [String] = ["sub"]
    /// Whether a token without `exp` is refused.
    public var mustExpire = true
    /// How far the issuer's clock may be from ours, in seconds.
    public var leeway: Int64 = 10

    public init(
        issuer: String? = nil, audience: String? = nil, claims: [String: Value] = [:], subject: [String] = ["sub"]
    ) {
        self.issuer = issuer
        self.audience = audience
        self.claims = claims
        self.subject = subject
    }

    /// Throws the first requirement that the claims do not meet. `now` is in seconds since 1970.
    func check(_ claims: Value, at now: Int64) throws(TokenRefusal) -> VerifiedToken {
        let expiresAt = try time("exp", in: claims, .expired)
        // Subtracted from what we know, so that no time in a token can overflow.
        guard expiresAt.map({ now - leeway < $0 }) ?? !mustExpire else { throw .expired }
        let issuedAt = try time("iat", in: claims, .notYetValid)
        for start in [issuedAt, try time("nbf", in: claims, .notYetValid)] {
            if let start, start > now + leeway { throw .notYetValid }
        }
        if let issuer, claims["iss"]?.string != issuer { throw .wrongIssuer }
        if let audience, !Self.isFor(audience, claims["aud"]) { throw .wrongAudience }
        for (name, value) in self.claims.sorted(by: { $0.key < $1.key }) where claims[name] != value {
            throw .wrongClaim(name)
        }
        let subject: String? =
            switch subject.reduce(Optional(claims), { $0?[$1] }) {
            case .string(let text): text
            case .int(let number): String(number)
            default: nil
            }
        return VerifiedToken(claims: claims, subject: subject, expiresAt: expiresAt, issuedAt: issuedAt)
    }

    /// A NumericDate (RFC 7519 section 2); one that is no number is as bad as one that is over.
    private func time(
        _ name: String, in claims: Value, _ refusal: TokenRefusal
    ) throws(TokenRefusal) -> Int64? {
        switch claims[name] {
        case nil: return nil
        case .int(let seconds): return seconds
        case .double(let seconds) where seconds.magnitude < 1e15: return Int64(seconds.rounded(.down))
        default: throw refusal
        }
    }

    private static func isFor(_ audience: String, _ claim: Value?) -> Bool {
        switch claim {
        case .string(let text): text == audience
        case .array(let items): items.contains(.string(audience))
        default: false
        }
    }
}
