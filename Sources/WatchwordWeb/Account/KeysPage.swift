import WatchwordCore
import WatchwordEngine

/// The API keys of an account: made, replaced, revoked, and their secrets shown in the one answer that may.
struct KeysPage: Page {
    let name = "keys"
    let needsAccount = true

    func show(_ visit: Visit) async throws -> PageAnswer { try await page(visit) }

    /// `do` of the form says what.
    func submit(_ visit: Visit) async throws -> PageAnswer {
        let id = (InputName.id, visit.form["id"].map(Value.string))
        switch visit.form["do"] {
        case "create":
            let life = KeyLife(visit.form["life"])
            guard life.isOffered else { return .failed(400) }
            let name = (InputName.name, visit.form["name"].map(Value.string))
            let outcome = try await visit.perform(.createAPIKey, [name, (.ttl, life.seconds.map(Value.int))])
            return try await answer(outcome, shownAs: "created", visit)
        case "rotate":
            guard let overlap = KeyOverlap(visit.form["overlap"]) else { return .failed(400) }
            let outcome = try await visit.perform(.rotateAPIKey, [id, (.overlap, .int(overlap.seconds))])
            return try await answer(outcome, shownAs: "rotated", visit)
        case "show": return try await page(visit, again: visit.form["id"])
        case "revoke":
            switch try await visit.perform(.revokeAPIKey, [id]) {
            case .granted: return .redirect(name, done: "key_revoked")
            case .refused(let refusal): return visit.settled(refusal) ?? .failed(refusal.pageStatus)
            }
        default: return .failed(400)
        }
    }

    private func answer(_ outcome: Outcome<Grant>, shownAs note: String, _ visit: Visit) async throws -> PageAnswer {
        switch outcome {
        case .granted(let grant):
            guard let key = grant.apiKey, let secret = key.secret else { return .failed(500) }
            return try await page(visit, secret: KeyShown(secret, of: key.key, note: note, visit))
        case .refused(let refusal):
            if let answer = visit.settled(refusal) { return answer }
            return try await page(visit, refused: refusal)
        }
    }

    /// The list, with a secret above it where one was asked for: in this answer and no other, since no address holds it.
    private func page(
        _ visit: Visit, refused: Refusal? = nil, secret: KeyShown? = nil, again: String? = nil
    ) async throws -> PageAnswer {
        switch try await visit.perform(.listAPIKeys) {
        case .refused(let refusal): return visit.settled(refusal) ?? .failed(refusal.pageStatus)
        case .granted(let grant):
            let keys = grant.apiKeys.filter { $0.agentID == nil }
            var more: [String: Any] = ["keys": keys.map { context($0, visit) }, "lives": KeyLife.choices(visit)]
            more["overlaps"] = KeyOverlap.choices
            more["action"] = visit.address(name)
            if let secret { more["secret"] = secret.context }
            if let again {
                guard let key = keys.first(where: { $0.id.text == again }), let text = visit.engine.secret(of: key)
                else { return .failed(404) }
                more["secret"] = KeyShown(text, of: key, note: "again", visit).context
            }
            var field = Field(.name, label: "field.key_name")
            field.value = refused == nil ? nil : visit.form["name"]
            field.maxlength = 255
            field.hint = "words.hint.key_name"
            field.isRequired = false
            let form = FormView(action: name, fields: [field], hidden: [("do", "create")], button: "keys.create")
            return form.answer(name, visit, refused: refused, more)
        }
    }

    private func context(_ key: APIKey, _ visit: Visit) -> [String: Any] {
        var context = KeyRow.context(key, action: visit.address(name))
        context["again"] = visit.engine.secret(of: key) != nil
        return context
    }
}

/// A key's secret as the partial `secret_once` reads it.
struct KeyShown {
    let context: [String: Any]

    init(_ secret: Secret, of key: APIKey, note: String, _ visit: Visit) {
        let isLasting = note == "again" || visit.terms.apiKeys?.shown == .always
        context = [
            "secret": secret.revealed, "label": "words.keys.\(note)",
            "note": isLasting ? "words.keys.again_note" : "words.secret.note",
        ]
    }
}
