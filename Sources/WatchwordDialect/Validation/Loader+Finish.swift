import WatchwordCore

extension Loader {
    /// What can be told only once everything was read.
    mutating func finish() {
        completeErrors()
        deriveTerms()
        noteSessions()
        noteKeys()
        noteMail()
        for name in settings.keys.sorted() where !usedSettings.contains(name) {
            report.section = position(of: "settings")
            report.note("setting `\(name)` is used nowhere", at: position(of: "settings"))
        }
    }

    /// What the engine does because some reply shows it.
    private mutating func deriveTerms() {
        var terms = dialect.terms
        terms.accounts.signUpSignsIn = signsIn(.signUp)
        terms.accounts.updateShowsToken = signsIn(.updateAccount, bySession: false)
        terms.password.changeSignsIn = !has(.changePassword) || signsIn(.changePassword)
        terms.verify?.signsIn = signsIn(.verifyEmail)
        terms.reset?.signsIn = signsIn(.resetPassword)
        terms.verify?.tellsUnknown = tellsUnknown(.requestVerification)
        terms.reset?.tellsUnknown = tellsUnknown(.requestReset)
        dialect.terms = terms
    }

    /// Whether an operation begins a session, because a reply of it shows a token or the session.
    private func signsIn(_ operation: Operation, bySession: Bool = true) -> Bool {
        dialect.routes.contains { route in
            route.operation == operation
                && route.replies.contains { reply in
                    reply.mentions {
                        switch $0 {
                        case .access, .refresh: true
                        case .session: bySession
                        default: false
                        }
                    }
                }
        }
    }

    private func tellsUnknown(_ operation: Operation) -> Bool {
        dialect.routes.contains { route in
            let tells = route.errors[.unknownAccount] != nil
            return route.operation == operation
                && (tells || operation == .requestVerification && route.errors[.alreadyVerified] != nil)
        }
    }

    /// Requests that meet no route are refused too, and `error` stands for what has no words of its own.
    private mutating func completeErrors() {
        guard let entry = sections["errors"], !entry.value.isUnreadable else { return }
        report.section = entry.position
        if !toldIncomplete,
            let code = OperationSignature.everywhere.first(where: { dialect.mapping(of: $0, on: nil) == nil })
        {
            report.error(
                "any request can end in `\(code.rawValue)` and `errors:` maps neither it nor a parent of it",
                at: entry.position)
        }
        if dialect.errors[.error] == nil { dialect.errors[.error] = dialect.errors[.internal] }
    }

    private func has(_ operation: Operation) -> Bool { dialect.routes.contains { $0.operation == operation } }

    private mutating func noteSessions() {
        guard sections["tokens"]?.value["access"] != nil else {
            dialect.terms.access.isIssued = false
            return
        }
        report.section = position(of: "routes")
        if !has(.signOut) {
            report.note(
                "no route lets a user end a session; only hosted pages and the operator can", at: position(of: "routes")
            )
        }
        if has(.renew) || dialect.terms.refresh?.use == .rotate && has(.refresh),
            sections["session"]?.value["max"] == nil
        {
            report.note(
                "sessions can be prolonged again and again; `session: {max: ...}` is not written, so they end after 90 days",
                at: position(of: "routes"))
        }
        if has(.signUp), !has(.resetPassword) {
            report.note(
                "no route lets a user who forgot the password back in; only hosted pages and the operator can",
                at: position(of: "routes"))
        }
    }

    private mutating func noteKeys() {
        guard let terms = dialect.terms.apiKeys, let place = sections["api_keys"]?.position else { return }
        report.section = place
        if terms.issueOnSignUp || has(.createAPIKey), !has(.revokeAPIKey) {
            report.note(
                "no route lets a user rotate or revoke an API key; only hosted pages and the operator can", at: place)
        }
    }

    /// A token that neither a route nor a page takes, or that is never sent. Pages answer at links to this server.
    private mutating func noteMail() {
        let place = position(of: "tokens")
        report.section = place
        if let verify = dialect.terms.verify, verify.linkPath == nil, !has(.verifyEmail) {
            report.note("a verification mail is sent, and neither a route nor a page takes its token", at: place)
        }
        if let reset = dialect.terms.reset, reset.linkPath == nil, !has(.resetPassword) || !has(.requestReset) {
            report.note("there is a reset token, and no route to ask for it or to use it", at: place)
        }
    }
}
