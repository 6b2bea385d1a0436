import WatchwordCore

/// Signing up, with what the realm's first contract asks of a new account.
struct SignUpPage: Page {
    let name = "sign-up"

    func show(_ visit: Visit) async throws -> PageAnswer {
        guard visit.site.offersSignUp else { return .failed(404) }
        if visit.account != nil { return .redirect("") }
        return form(visit).answer(name, visit)
    }

    /// An address that is taken is answered like a free one; its owner is told by mail (ASVS 5.0 6.3.8).
    func submit(_ visit: Visit) async throws -> PageAnswer {
        guard visit.site.offersSignUp else { return .failed(404) }
        let form = form(visit)
        let inputs = form.fields.map { ($0.input, SignUpFields.value(of: $0, in: visit.form)) }
        switch try await visit.perform(.signUp, inputs) {
        case .granted:
            let isMailed = visit.terms.verify?.isSentUnasked == true
            return .redirect("sign-in", done: isMailed ? "signed_up_mail" : "signed_up")
        case .refused(let refusal): return form.answer(name, visit, refused: refusal)
        }
    }

    private func form(_ visit: Visit) -> FormView {
        FormView(action: name, fields: SignUpFields.all(visit), button: "sign_up.button")
    }
}
