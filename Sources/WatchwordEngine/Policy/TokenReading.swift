import WatchwordCore

/// What a token says of itself, after its signature and its claims were found good.
struct ReadToken: Sendable {
    /// The session it names; nothing where it is found by its digest.
    var session: Session.ID?
    /// When it says it was issued; nothing where it says nothing.
    var issuedAt: Timestamp?
    /// The end it states; nothing where only the store knows.
    var expiresAt: Timestamp?
}

extension Engine {
    /// No token of ours is longer; a longer text is refused unread.
    static let maximumTokenBytes = 8_192
    /// How far another server's clock may be ahead of ours, in seconds.
    static let clockLeeway: Int64 = 10

    /// Reads a token without asking the store: signature, kind, times. An opaque text says nothing of itself.
    ///
    /// Refuses `invalidToken`, `wrongTokenType`, `expiredToken`, in this order of precedence.
    func read(_ text: Secret, as kind: TokenKind, _ format: TokenFormat, at now: Timestamp) -> Outcome<ReadToken> {
        guard (1...Self.maximumTokenBytes).contains(text.bytes.count) else { return .refused(.invalidToken) }
        let (key, members, closed): (String, [ClaimMember], Bool)
        switch format {
        case .opaque(let format):
            if format.canHaveMade(text) { return .granted(ReadToken()) }
            let other = kind == .access ? terms.refresh?.format : terms.access.format
            guard case .opaque(let format) = other, format.canHaveMade(text) else { return .refused(.invalidToken) }
            return .refused(.wrongTokenType)
        case .jwt(let name, let claims, let isClosed): (key, members, closed) = (name, claims, isClosed)
        }
        guard let claims = signer.verify(text, with: key).map(Value.object) else { return .refused(.invalidToken) }
        let layout = ClaimLayout(members, closed: closed)

        var token = ReadToken()
        if let name = layout.tokenIDName {
            guard let named = claims[name]?.string.flatMap(TokenName.init) else { return .refused(.invalidToken) }
            guard named.kind == kind else { return .refused(.wrongTokenType) }
            token.session = named.session
        }
        guard layout.literalsMatch(claims) else { return .refused(.wrongTokenType) }
        // RFC 7519 section 4.1.5; no token of ours has one, but what another signer wrote is respected.
        if let start = claims["nbf"] {
            guard let start = start.int, start <= now.seconds + Self.clockLeeway else { return .refused(.invalidToken) }
        }
        if let issuedAt = layout.issuedAt {
            guard let issued = issuedAt.seconds(in: claims), issued <= now.seconds + Self.clockLeeway
            else { return .refused(.invalidToken) }
            token.issuedAt = Timestamp(seconds: issued)
        }
        if let expiresAt = layout.expiresAt {
            guard let end = expiresAt.seconds(in: claims) else { return .refused(.invalidToken) }
            guard now.seconds < end else { return .refused(.expiredToken) }
            token.expiresAt = Timestamp(seconds: end)
        }
        return .granted(token)
    }
}
