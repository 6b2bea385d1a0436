import WatchwordCore

/// Makes an agent by its name.
struct NewAgentPage: Page {
    let name = "agent-new"
    let needsAccount = true

    func show(_ visit: Visit) async throws -> PageAnswer { form(visit).answer(name, visit) }

    func submit(_ visit: Visit) async throws -> PageAnswer {
        switch try await visit.perform(.registerAgent, [(.name, visit.agentName.map(Value.string))]) {
        case .refused(let refusal): return form(visit).answer(name, visit, refused: refusal)
        case .granted(let grant):
            guard let agent = grant.agent else { return .failed(500) }
            return .redirect("\(many(visit))/\(PercentEncoding.component(agent.id.text))", done: "agent_made")
        }
    }

    private func form(_ visit: Visit) -> FormView {
        var field = Field.agentName(visit.form["name"])
        field.hasFocus = true
        return FormView(action: "\(many(visit))/new", fields: [field], button: "agent_new.button")
    }

    private func many(_ visit: Visit) -> String { visit.settings.agents?.many ?? "agents" }
}

extension Visit {
    /// The name that a form gives an agent. One of nothing but blanks could not be clicked on.
    var agentName: String? { form["name"].map(Identifier.trimmed) }
}

extension Field {
    static func agentName(_ value: String?) -> Field {
        var field = Field(.name, label: "agent.name")
        field.value = value
        field.autocomplete = "off"
        field.maxlength = 255
        return field
    }
}
