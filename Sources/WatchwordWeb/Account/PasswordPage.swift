import WatchwordCore

/// Another password: every other session ends, and this browser gets a new one.
struct PasswordPage: Page {
    let name = "password"
    let needsAccount = true

    func show(_ visit: Visit) async throws -> PageAnswer { form(visit).answer(name, visit, visit.handle) }

    func submit(_ visit: Visit) async throws -> PageAnswer {
        let inputs: [(InputName, Value?)] = [
            (.currentPassword, visit.form["current_password"].map(Value.string)),
            (.password, visit.form["password"].map(Value.string)),
        ]
        switch try await visit.perform(.changePassword, inputs) {
        case .granted(let grant):
            guard let token = grant.access else { return .failed(500) }
            return .redirect("", done: "password_changed").setting(visit.sessionCookie(token))
        case .refused(let refusal):
            if let answer = visit.settled(refusal) { return answer }
            return form(visit).answer(name, visit, refused: refusal.atItsInput, visit.handle)
        }
    }

    private func form(_ visit: Visit) -> FormView {
        FormView(
            action: name,
            fields: [
                .password(.currentPassword, label: "field.current_password"),
                .newPassword(visit.terms.password, label: "field.new_password"),
            ], button: "password.button")
    }
}
