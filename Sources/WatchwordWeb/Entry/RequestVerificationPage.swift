import WatchwordCore

/// Asks for the verification mail once more.
struct RequestVerificationPage: Page {
    let name = "request-verification"

    func show(_ visit: Visit) async throws -> PageAnswer {
        form(visit).answer(name, visit)
    }

    /// Who is signed in need not say who they are.
    func submit(_ visit: Visit) async throws -> PageAnswer {
        let asksForSelf = visit.account != nil && visit.form["identity"] == nil
        let inputs = asksForSelf ? [] : [MailRequest.input(visit)]
        return switch try await visit.perform(.requestVerification, inputs) {
        case .granted: .redirect(asksForSelf ? "" : name, done: "verification_mailed")
        case .refused(let refusal): form(visit).answer(name, visit, refused: refusal)
        }
    }

    private func form(_ visit: Visit) -> FormView {
        FormView(action: name, fields: [MailRequest.field(visit).focused()], button: "request_verification.button")
    }
}

/// The one input of a form that asks for a mail: what one signs in with.
enum MailRequest {
    /// The engine tells an address that is none; a username may be anybody's.
    static func field(_ visit: Visit) -> Field {
        var field = Field.identity(visit.terms.accounts, value: visit.form["identity"])
        if !visit.terms.accounts.login.contains(.username) { field.input = .email }
        return field
    }

    static func input(_ visit: Visit) -> (InputName, Value?) {
        (field(visit).input, visit.form["identity"].map(Value.string))
    }
}
