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
    let issuedAtName: String?
    let expiresAtName: String?

    init(_ claims: [ClaimMember], closed: Bool) {
        var members = claims
        func name(of source: ClaimSource, appending name: String) -> String? {
            let written = members.first { $0.template == .source(source) || $0.template == .text(source) }
            if let written { return written.name }
            guard !closed, !members.contains(where: { $0.name == name }) else { return nil }
            members.append(ClaimMember(name, .source(source)))
            return name
        }
        issuedAtName = name(of: .issuedAt, appending: "iat")
        expiresAtName = name(of: .expiresAt, appending: "exp")
        tokenIDName = name(of: .tokenID, appending: "jti")
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
