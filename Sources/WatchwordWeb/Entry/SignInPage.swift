import WatchwordCore
import WatchwordDialect
import WatchwordEngine

/// Signing in, and getting on to where one wanted to be.
struct SignInPage: Page {
    let name = "sign-in"

    func show(_ visit: Visit) async throws -> PageAnswer {
        if visit.account != nil { return .redirect(to: next(visit.query["next"], visit)) }
        return form(visit, identity: nil, next: visit.query["next"]).answer(name, visit, more(visit))
    }

    /// A wrong name, a wrong password and an account that nobody has are told alike (ASVS 5.0 6.3.8). Who was signed in
    /// before in this browser is signed out.
    func submit(_ visit: Visit) async throws -> PageAnswer {
        let identity = visit.form["identity"]
        let inputs: [(InputName, Value?)] = [
            (.identity, identity.map(Value.string)), (.password, visit.form["password"].map(Value.string)),
        ]
        switch try await visit.perform(.signIn, inputs) {
        case .granted(let grant):
            guard let token = grant.access else { return .failed(500) }
            if visit.session != nil { _ = try await visit.perform(.signOut) }
            return .redirect(to: next(visit.form["next"], visit)).setting(visit.sessionCookie(token))
        case .refused(let refusal):
            var more = more(visit)
            if refusal.code == .emailNotVerified, let identity { more["unverified"] = identity }
            return form(visit, identity: identity, next: visit.form["next"])
                .answer(name, visit, refused: refusal, more)
        }
    }

    private func form(_ visit: Visit, identity: String?, next: String?) -> FormView {
        var hidden: [(name: String, value: String)] = []
        if let next, LocalPath(next, under: visit.settings.path) != nil { hidden.append(("next", next)) }
        return FormView(
            action: name, fields: [.identity(visit.terms.accounts, value: identity).focused(), .password()],
            hidden: hidden, button: "sign_in.button")
    }

    private func next(_ text: String?, _ visit: Visit) -> LocalPath {
        text.flatMap { LocalPath($0, under: visit.settings.path) } ?? LocalPath(below: "")
    }

    private func more(_ visit: Visit) -> [String: Any] { ["sign_up": visit.site.offersSignUp] }
}

extension SiteParts {
    /// Whether strangers may sign up, by the operator's word and because a contract has a way to.
    var offersSignUp: Bool {
        engine.realm.terms.accounts.signUpOpen
            && dialects.contains { $0.routes.contains { $0.operation == .signUp } }
    }
}
