import WatchwordCore

/// Which kind of bearer a token is; the raw value stands in its `jti`, so that the kinds never pass for one another.
enum TokenKind: String, Sendable {
    case access = "a"
    case refresh = "r"
}

/// The claims that a dialect wrote, with those the engine needs beside them where the set is open.
struct ClaimLayout: Sendable {
    /// In the order written, then `iat`, `exp`, `jti` as far as they are missing.
    let members: [ClaimMember]
    /// The member that names the token; nothing where the token is found by its digest.
    let tokenIDName: String?
    /// The members that state times; nothing where the contract has none.
    let issuedAt: TimeClaim?
    let expiresAt: TimeClaim?

    init(_ claims: [ClaimMember], closed: Bool) {
        var members = claims
        func member(of source: ClaimSource, appending name: String) -> ClaimMember? {
            let written = members.first { $0.template == .source(source) || $0.template == .text(source) }
            if let written { return written }
            guard !closed, !members.contains(where: { $0.name == name }) else { return nil }
            members.append(ClaimMember(name, .source(source)))
            return members.last
        }
        issuedAt = member(of: .issuedAt, appending: "iat").map(TimeClaim.init)
        expiresAt = member(of: .expiresAt, appending: "exp").map(TimeClaim.init)
        // A token that does not state its end is no good by its name alone: its record knows the end.
        tokenIDName = expiresAt == nil ? nil : member(of: .tokenID, appending: "jti")?.name
        self.members = members
    }

    /// Whether the claims hold what the dialect wrote into every token of the kind, such as `type: access`.
    func literalsMatch(_ claims: Value) -> Bool {
        members.allSatisfy { member in
            guard case .literal(let value) = member.template else { return true }
            return claims[member.name] == value
        }
    }
}

/// Where a token states a time, and how.
struct TimeClaim: Equatable, Sendable {
    let name: String
    /// Whether the contract writes it as text rather than as the NumericDate of RFC 7519 section 2.
    let isText: Bool

    init(_ member: ClaimMember) {
        name = member.name
        if case .text = member.template { isText = true } else { isText = false }
    }

    /// The time in whole seconds; nothing if it is missing or written otherwise.
    func seconds(in claims: Value) -> Int64? {
        isText ? claims[name]?.string.flatMap { Int64($0) } : claims[name]?.int
    }
}

/// A `jti`: the kind, the session that carries the token, and a number used once. By it a token is checked
/// against its session without a row of its own.
struct TokenName: Equatable, Sendable {
    let kind: TokenKind
    let session: Session.ID
    let nonce: String

    init(_ kind: TokenKind, _ session: Session.ID, nonce: String) {
        self.kind = kind
        self.session = session
        self.nonce = nonce
    }

    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let kind = TokenKind(rawValue: String(parts[0])), !parts[1].isEmpty else { return nil }
        self.init(kind, ID(String(parts[1])), nonce: String(parts[2]))
    }

    var text: String { "\(kind.rawValue).\(session.text).\(nonce)" }
}
