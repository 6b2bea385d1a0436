import WatchwordCore

/// A terminal on an agent, in the browser.
struct AgentTerminalPage: Page {
    let name = "agent-terminal"
    let needsAccount = true
    let methods = ["GET"]
    let abilities: AgentAbilities
    let terminal: TerminalAddress

    func show(_ visit: Visit) async throws -> PageAnswer {
        guard let view = try await AgentView.find(visit, abilities) else { return .failed(404) }
        return .page(
            name,
            view.context(
                .terminal, visit,
                [
                    "socket": terminal.path(of: view.agent), "parameter": terminal.ticket,
                    "ticket": visit.address(view.path(.overview, visit) + "/ticket"),
                    // What the script puts in, where it knows.
                    "status": "…", "reason": "…",
                ]))
    }
}

/// Gives the terminal's script a ticket for the socket of one agent.
struct AgentTicketPage: Page {
    let name = "agent-ticket"
    let needsAccount = true
    let methods = ["POST"]
    let terminal: TerminalAddress

    func submit(_ visit: Visit) async throws -> PageAnswer {
        let found = try await visit.perform(.getAgent, [(.id, .string(visit.places["id"] ?? ""))])
        guard let agent = found.output?.agent else { return .json(.object([]), status: 404) }
        switch try await visit.perform(.createTicket, [(.socket, .string(terminal.path(of: agent)))]) {
        case .granted(let grant):
            guard let ticket = grant.ticket else { return .failed(500) }
            return .json(.object([.init("ticket", .string(ticket.text.revealed))]), status: 201)
        case .refused(let refusal):
            var answer = PageAnswer.json(.object([]), status: refusal.pageStatus)
            answer.retryAfter = refusal.retryAfter
            return answer
        }
    }
}

extension TerminalAddress {
    /// The path of that agent's terminal.
    func path(of agent: Agent) -> String {
        path.replacing("{agent}", with: PercentEncoding.component(agent.id.text))
    }
}
