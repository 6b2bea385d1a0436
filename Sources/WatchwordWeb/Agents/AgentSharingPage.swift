import WatchwordCore
import WatchwordEngine

/// Who else may use an agent.
struct AgentSharingPage: Page {
    let name = "agent-sharing"
    let needsAccount = true
    let abilities: AgentAbilities

    func show(_ visit: Visit) async throws -> PageAnswer {
        guard let view = try await AgentView.own(visit, abilities) else { return .failed(404) }
        return try await form(view, visit).answer(name, visit, context(view, visit))
    }

    func submit(_ visit: Visit) async throws -> PageAnswer {
        guard let view = try await AgentView.own(visit, abilities) else { return .failed(404) }
        let id = (InputName.id, Optional(Value.string(view.agent.id.text)))
        switch visit.form["do"] {
        case "share":
            let other = (InputName.identity, visit.form["identity"].map(Value.string))
            switch try await visit.perform(.shareAgent, [id, other]) {
            case .granted: return .redirect(view.path(.sharing, visit), done: "agent_shared")
            case .refused(let refusal):
                return try await form(view, visit).answer(name, visit, refused: refusal, context(view, visit))
            }
        case "unshare":
            let other = (InputName.uid, visit.form["account"].map(Value.string))
            guard try await visit.perform(.unshareAgent, [id, other]).output != nil else { return .failed(404) }
            return .redirect(view.path(.sharing, visit), done: "agent_unshared")
        default: return .failed(400)
        }
    }

    private func form(_ view: AgentView, _ visit: Visit) -> FormView {
        var field = Field.identity(visit.terms.accounts, value: visit.form["identity"])
        field.autocomplete = "off"
        return FormView(
            action: view.path(.sharing, visit), fields: [field], hidden: [("do", "share")],
            button: "agent_sharing.button")
    }

    private func context(_ view: AgentView, _ visit: Visit) async throws -> [String: Any] {
        let others = try await visit.engine.accounts(sharingAgent: view.agent.id, visit.caller).output ?? []
        return view.context(
            .sharing, visit,
            [
                "others": others.map { account -> [String: Any] in
                    ["id": account.id.text, "name": account.username ?? account.email ?? account.id.text]
                }
            ])
    }
}
