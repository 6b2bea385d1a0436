import WatchwordCore

/// The end of an account, which asks for the password again.
struct DeletePage: Page {
    let name = "delete"
    let needsAccount = true

    func show(_ visit: Visit) async throws -> PageAnswer { form().answer(name, visit, visit.handle) }

    func submit(_ visit: Visit) async throws -> PageAnswer {
        let inputs: [(InputName, Value?)] = [
            (.currentPassword, visit.form["current_password"].map(Value.string))
        ]
        switch try await visit.perform(.deleteAccount, inputs) {
        case .granted: return .redirect("signed-out", done: "account_deleted").setting(visit.endedCookie)
        case .refused(let refusal):
            if let answer = visit.settled(refusal) { return answer }
            return form().answer(name, visit, refused: refusal.atItsInput, visit.handle)
        }
    }

    private func form() -> FormView {
        FormView(
            action: name, fields: [.password(.currentPassword, label: "field.current_password")],
            button: "delete.button")
    }
}
