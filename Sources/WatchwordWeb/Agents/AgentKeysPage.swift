import WatchwordCore

/// The API keys of an agent: made and shown once, rotated with an overlap, revoked.
struct AgentKeysPage: Page {
    let name = "agent-keys"
    let needsAccount = true
    let abilities: AgentAbilities

    func show(_ visit: Visit) async throws -> PageAnswer {
        guard let view = try await AgentView.own(visit, abilities) else { return .failed(404) }
        return try await answer(view, visit)
    }

    /// A new key is in the answer to the form itself: it is nowhere else, and no address leads back to it.
    func submit(_ visit: Visit) async throws -> PageAnswer {
        guard let view = try await AgentView.own(visit, abilities) else { return .failed(404) }
        switch visit.form["do"] {
        case "create":
            let label = visit.form["name"].flatMap { Identifier.trimmed($0).isEmpty ? nil : $0 }
            let outcome = try await visit.perform(
                .createAPIKey, [(.agentID, .string(view.agent.id.text)), (.name, label.map(Value.string))])
            return try await answer(view, visit, made: outcome)
        case "rotate":
            guard let id = try await ownKey(view, visit) else { return .failed(404) }
            guard let overlap = KeyOverlap(visit.form["overlap"]) else { return .failed(400) }
            let outcome = try await visit.perform(
                .rotateAPIKey, [(.id, .string(id.text)), (.overlap, .int(overlap.seconds))])
            return try await answer(view, visit, made: outcome)
        case "revoke":
            guard let id = try await ownKey(view, visit) else { return .failed(404) }
            let outcome = try await visit.perform(.revokeAPIKey, [(.id, .string(id.text))])
            if let refusal = outcome.refusal { return try await answer(view, visit, made: .refused(refusal)) }
            return .redirect(view.path(.keys, visit), done: "key_revoked")
        default: return .failed(400)
        }
    }

    /// The key that the form names, if it hangs on this agent.
    private func ownKey(_ view: AgentView, _ visit: Visit) async throws -> APIKey.ID? {
        let named = visit.form["id"]
        return try await keys(of: view, visit).first { $0.id.text == named }?.id
    }

    private func keys(of view: AgentView, _ visit: Visit) async throws -> [APIKey] {
        try await visit.perform(.listAPIKeys, [(.agentID, .string(view.agent.id.text))]).output?.apiKeys ?? []
    }

    private func answer(
        _ view: AgentView, _ visit: Visit, made: Outcome<Grant>? = nil
    ) async throws -> PageAnswer {
        let keys = try await keys(of: view, visit)
        let action = visit.address(view.path(.keys, visit))
        var context = view.context(
            .keys, visit,
            [
                "keys": keys.reversed().map { KeyRow.context($0, action: action) }, "overlaps": KeyOverlap.choices,
                "connect": abilities.connectContext(visit),
            ])
        if let issued = made?.output?.apiKey, let secret = issued.secret {
            context["secret"] = [
                "secret": secret.revealed, "label": "words.agent_keys.made", "note": "words.secret.note",
            ]
        }
        guard let refusal = made?.refusal else { return .page(name, context) }
        context["errors"] = [["text": visit.words.text(refusal)]]
        var answer = PageAnswer.page(name, context, status: refusal.pageStatus)
        answer.retryAfter = refusal.retryAfter
        return answer
    }
}
