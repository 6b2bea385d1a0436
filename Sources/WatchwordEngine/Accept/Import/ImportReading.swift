import Crypto
import WatchwordCore

/// The outcome of reading a record.
enum ImportReading: Sendable {
    case account(ImportedAccount)
    case refused([ImportReason], source: String?)
}

extension Engine {
    /// Reads a record of another system by the realm's rules, without asking the store.
    /// `ours`: what hashes of this server begin like.
    func readImport(
        _ record: Value, _ options: ImportOptions, ours: String?, at now: Timestamp
    ) -> ImportReading {
        var parts = ImportParts(record)
        var rules = AccountRules(terms)
        let given = parts.text("id")
        let canonical = given.flatMap { terms.accounts.idFormat.canonical($0) }
        if !options.newIDs {
            if given == nil { parts.complain(.idMissing) } else if canonical == nil { parts.complain(.idForm) }
        }
        let email = rules.identifier(.email, parts.text("email"))
        let username = rules.identifier(.username, parts.text("username"))
        let name = rules.name(parts.text("name"))
        let role = parts.text("role").map { rules.role($0) } ?? terms.accounts.roles.first
        let fields = rules.fields(readFields(&parts))
        let createdAt = parts.moment("created_at")
        let account = Account(
            id: ID(canonical ?? ""), email: email, username: username,
            emailVerified: parts.flag("email_verified") ?? false, name: name, role: role, fields: fields,
            usageCount: parts.number("usage_count") ?? 0,
            usageLimit: parts.number("usage_limit") ?? terms.apiKeys?.usageLimit,
            disabled: parts.flag("disabled") ?? false, createdAt: createdAt ?? now,
            updatedAt: parts.moment("updated_at") ?? createdAt ?? now)
        // Without an id of its own a record is known again by what it signs in with.
        let source =
            canonical ?? given ?? email.map { "email:" + Identifier.key($0) }
            ?? username.map { "username:" + Identifier.key($0) }
        let digest = TokenDigest(Array(SHA256.hash(data: Array(JSON.text(record).utf8))))
        var imported = ImportedAccount(
            source: source ?? "", digest: digest, account: account, isDated: createdAt != nil,
            passwordHash: readHash(&parts, ours), passwordChangedAt: parts.moment("password_changed_at"))
        readTokens(&parts, into: &imported, at: now)
        parts.finish()
        if source == nil, parts.reasons.isEmpty { parts.complain(.idMissing) }
        let reasons = parts.reasons + (rules.refusal?.problems ?? []).map(ImportReason.rule)
        return reasons.isEmpty ? .account(imported) : .refused(reasons, source: source)
    }

    /// The typed extras, those of a table's cells turned into the types that the dialect says.
    private func readFields(_ parts: inout ImportParts) -> [String: Value] {
        var fields: [String: Value] = [:]
        for member in parts.takeFields() {
            var value = member.value
            let type = terms.accounts.fields.first { $0.name == member.name }?.type
            switch (type, value) {
            case (.int, _): value = value.asNumber.map(Value.int) ?? value
            case (.bool, _): value = value.asFlag.map(Value.bool) ?? value
            case (.string, .int(let number)): value = .string(String(number))
            case (.json, .string(let text)):
                if case .success(let parsed) = JSON.parse(Array(text.utf8)) { value = parsed }
            default: break
            }
            fields[member.name] = value
        }
        return fields
    }

    /// A hash that can be verified, and that the dialect takes if it is not one of this server's own.
    private func readHash(_ parts: inout ImportParts, _ ours: String?) -> Secret? {
        guard let text = parts.text("password_hash") else { return nil }
        if let problem = hasher.check(hash: text) {
            parts.complain(.hash(problem))
        } else if ours.map(text.hasPrefix) != true, let format = hasher.format(of: text),
            !terms.accepted.passwords.contains(format)
        {
            parts.complain(.hashNotAccepted(format))
        }
        return Secret(text)
    }

    private func readTokens(_ parts: inout ImportParts, into imported: inout ImportedAccount, at now: Timestamp) {
        guard var value = parts.take("tokens") else { return }
        if case .string(let text) = value, case .success(let parsed) = JSON.parse(Array(text.utf8)) { value = parsed }
        guard case .array(let items) = value else { return parts.complain(.type("tokens", expected: "a list")) }
        guard !items.isEmpty else { return }
        guard let sunset = terms.accepted.opaqueUntil else { return parts.complain(.tokensNotAccepted) }
        for (index, item) in items.enumerated() {
            switch readToken(item, sunset) {
            case .failure(let failure): parts.complain(.token(index, failure.reason))
            case .success(let token) where token.expiresAt <= now: imported.endedTokens += 1
            case .success(let token) where imported.tokens.contains { $0.digest == token.digest }:
                parts.complain(.token(index, .taken))
            case .success(let token): imported.tokens.append(token)
            }
        }
    }

    private struct TokenFailure: Error {
        var reason: ImportReason.TokenReason
    }

    private func readToken(_ item: Value, _ sunset: Timestamp) -> Result<ImportedToken, TokenFailure> {
        guard case .object(let members) = item,
            members.allSatisfy({ ["token", "digest", "kind", "expires_at", "session"].contains($0.name) })
        else { return .failure(TokenFailure(reason: .malformed)) }
        let digest: TokenDigest
        switch (item["token"]?.string, item["digest"]?.string) {
        case (let text?, nil) where (1...Self.maximumTokenBytes).contains(text.utf8.count):
            digest = Self.digest(Secret(text))
        case (nil, let hex?):
            guard let bytes = TextEncoding.hex.decode(Array(hex.lowercased().utf8), count: 32)
            else { return .failure(TokenFailure(reason: .digest)) }
            digest = TokenDigest(bytes)
        default: return .failure(TokenFailure(reason: .malformed))
        }
        let kind: PresentedCredential.Kind
        switch item["kind"]?.string ?? "access" {
        case "access": kind = .access
        case "refresh" where terms.refresh == nil: return .failure(TokenFailure(reason: .noRefresh))
        case "refresh": kind = .refresh
        default: return .failure(TokenFailure(reason: .kind))
        }
        var end = sunset
        if let written = item["expires_at"], written != .null {
            guard let moment = written.asMoment else { return .failure(TokenFailure(reason: .moment)) }
            end = moment
        }
        return .success(ImportedToken(digest: digest, kind: kind, expiresAt: end, session: item["session"]?.string))
    }
}
