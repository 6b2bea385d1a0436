import WatchwordCore

/// Where a verification link leads: a button, for programs that look at mails follow every link (RFC 9110 section 9.2.1).
struct VerifyEmailPage: Page {
    let name = "verify-email"

    func show(_ visit: Visit) async throws -> PageAnswer { show(MailedLink(visit.query), visit) }

    func show(_ link: MailedLink, _ visit: Visit) -> PageAnswer { form(link).answer(name, visit) }

    /// A link that no longer works says why, and leads to another mail.
    func submit(_ visit: Visit) async throws -> PageAnswer {
        let link = MailedLink(visit.form)
        switch try await link.perform(.verifyEmail, [], visit) {
        case .granted: return .redirect(visit.account == nil ? "sign-in" : "", done: "verified")
        case .refused(let refusal) where refusal.code == .alreadyVerified:
            return .redirect(visit.account == nil ? "sign-in" : "", done: "already_verified")
        case .refused(let refusal):
            return form(link).answer(name, visit, refused: refusal, ["spent": refusal.isOfLink])
        }
    }

    func form(_ link: MailedLink) -> FormView {
        FormView(action: name, fields: link.tokenField, hidden: link.hidden, button: "verify_email.button")
    }
}

extension Refusal {
    /// Whether the link itself is no good, so that there is nothing to try again with it.
    var isOfLink: Bool { code == .invalidLink || code == .expiredLink }
}
