import WatchwordCore

/// Asks for a link by which a password is set anew.
struct ForgotPasswordPage: Page {
    let name = "forgot-password"

    func show(_ visit: Visit) async throws -> PageAnswer {
        form(visit).answer(name, visit)
    }

    /// Answers alike whether anybody has the address (ASVS 5.0 6.3.8).
    func submit(_ visit: Visit) async throws -> PageAnswer {
        switch try await visit.perform(.requestReset, [MailRequest.input(visit)]) {
        case .granted: .redirect(name, done: "reset_mailed")
        case .refused(let refusal): form(visit).answer(name, visit, refused: refusal)
        }
    }

    private func form(_ visit: Visit) -> FormView {
        FormView(action: name, fields: [MailRequest.field(visit).focused()], button: "forgot_password.button")
    }
}
