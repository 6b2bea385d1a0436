import WatchwordCore

/// Where a reset link leads: a new password, after which everybody is signed out and the owner signs in.
struct ResetPasswordPage: Page {
    let name = "reset-password"

    func show(_ visit: Visit) async throws -> PageAnswer { show(MailedLink(visit.query), visit) }

    func show(_ link: MailedLink, _ visit: Visit) -> PageAnswer { form(link, visit).answer(name, visit) }

    func submit(_ visit: Visit) async throws -> PageAnswer {
        let link = MailedLink(visit.form)
        let password = (InputName.password, visit.form["password"].map(Value.string))
        switch try await link.perform(.resetPassword, [password], visit) {
        case .granted: return .redirect("sign-in", done: "password_reset").setting(visit.endedCookie)
        case .refused(let refusal):
            return form(link, visit).answer(name, visit, refused: refusal, ["spent": refusal.isOfLink])
        }
    }

    func form(_ link: MailedLink, _ visit: Visit) -> FormView {
        FormView(
            action: name, fields: link.tokenField + [.newPassword(visit.terms.password).focused()],
            hidden: link.hidden, button: "reset_password.button")
    }
}
