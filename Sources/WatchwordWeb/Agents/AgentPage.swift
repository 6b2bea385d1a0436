import WatchwordCore

/// What is known of an agent; its owner renames and removes it here.
struct AgentPage: Page {
    let name = "agent"
    let needsAccount = true
    let abilities: AgentAbilities

    func show(_ visit: Visit) async throws -> PageAnswer {
        guard let view = try await AgentView.find(visit, abilities) else { return .failed(404) }
        return form(view, visit, value: view.agent.name).answer(name, visit, context(view, visit))
    }

    func submit(_ visit: Visit) async throws -> PageAnswer {
        guard let view = try await AgentView.own(visit, abilities) else { return .failed(404) }
        let id = (InputName.id, Optional(Value.string(view.agent.id.text)))
        switch visit.form["do"] {
        case "remove":
            let outcome = try await visit.perform(.removeAgent, [id])
            guard outcome.output != nil else { return .failed(404) }
            return .redirect(visit.settings.agents?.many ?? "agents", done: "agent_removed")
        case "rename":
            let value = visit.agentName
            switch try await visit.perform(.updateAgent, [id, (.name, value.map(Value.string))]) {
            case .granted: return .redirect(view.path(.overview, visit), done: "agent_renamed")
            case .refused(let refusal):
                return form(view, visit, value: value)
                    .answer(name, visit, refused: refusal, context(view, visit))
            }
        default: return .failed(400)
        }
    }

    private func form(_ view: AgentView, _ visit: Visit, value: String?) -> FormView {
        FormView(
            action: view.path(.overview, visit), fields: [.agentName(value)], hidden: [("do", "rename")],
            button: "agent.rename")
    }

    private func context(_ view: AgentView, _ visit: Visit) -> [String: Any] {
        view.context(
            .overview, visit,
            [
                "connect": abilities.connectContext(visit),
                "removal": [
                    "action": visit.address(view.path(.overview, visit)), "summary": "words.agent.remove",
                    "question": "words.agent.remove_question", "button": "words.agent.remove_button", "danger": true,
                    "hidden": [["name": "do", "value": "remove"]],
                ] as [String: Any],
            ])
    }
}
