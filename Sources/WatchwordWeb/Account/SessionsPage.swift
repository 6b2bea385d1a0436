import WatchwordCore

/// Where one is signed in, in browsers and with programs, and the end of it.
struct SessionsPage: Page {
    let name = "sessions"
    let needsAccount = true

    func show(_ visit: Visit) async throws -> PageAnswer {
        switch try await visit.perform(.listSessions) {
        case .refused(let refusal): return visit.settled(refusal) ?? .failed(refusal.pageStatus)
        case .granted(let grant):
            let own = grant.session?.id
            let sessions = grant.sessions.filter { $0.id == own } + grant.sessions.filter { $0.id != own }
            return .page(
                name,
                [
                    "sessions": sessions.map { context($0, isOwn: $0.id == own, visit) },
                    "others": sessions.contains { $0.id != own },
                ])
        }
    }

    /// Ends the session that the form names, or all but this one.
    func submit(_ visit: Visit) async throws -> PageAnswer {
        let outcome: Outcome<Grant>
        let isOne = visit.form["id"] != nil
        if let id = visit.form["id"] {
            // This browser's own has a button of its own, which takes the cookie away too.
            guard id != "current", id != visit.session?.id.text else { return .failed(400) }
            outcome = try await visit.perform(.revokeSession, [(.id, .string(id))])
        } else {
            outcome = try await visit.perform(.signOut, [(.scope, .string("others"))])
        }
        switch outcome {
        case .granted: return .redirect(name, done: isOne ? "session_ended" : "sessions_ended")
        case .refused(let refusal): return visit.settled(refusal) ?? .failed(refusal.pageStatus)
        }
    }

    private func context(_ session: Session, isOwn: Bool, _ visit: Visit) -> [String: Any] {
        var context: [String: Any] = [
            "id": session.id.text, "current": isOwn, "device": device(session, visit.words),
            "created": shown(session.createdAt),
        ]
        if let address = session.address { context["address"] = address }
        return context
    }

    /// What the client called itself, else what its program is, in words that people know.
    private func device(_ session: Session, _ words: PageLibrary) -> String {
        if let device = session.device, !device.isEmpty { return device }
        guard let agent = session.userAgent, !agent.isEmpty else { return words.text("sessions.unknown") }
        guard case (let program?, let system?) = DeviceName.parts(of: agent) else {
            return DeviceName.of(agent) ?? String(agent.prefix(60))
        }
        return words.text("sessions.program", ["program": program, "system": system])
    }
}
