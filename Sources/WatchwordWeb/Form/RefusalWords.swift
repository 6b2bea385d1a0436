import WatchwordCore

extension Refusal {
    /// The status of a page that tells it.
    var pageStatus: Int {
        switch code {
        case .validation, .weakPassword: 422
        case .conflict, .emailTaken, .usernameTaken: 409
        case .invalidLink, .expiredLink, .alreadyVerified: 400
        case .wrongPassword: 422
        case .unauthorized, .invalidCredentials, .accountLocked, .accountDisabled, .emailNotVerified, .missingToken,
            .invalidToken, .expiredToken, .revokedToken, .wrongTokenType:
            401
        case .signupClosed, .insecureTransport: 403
        case .quotaExceeded: 429
        default: code.ownStatus ?? 400
        }
    }
}

extension PageLibrary {
    /// A refusal in words: those of its code or of the nearest code above that has some.
    func text(_ refusal: Refusal) -> String {
        var context: [String: Any] = [:]
        if let seconds = refusal.retryAfter { context["wait"] = wait(seconds) }
        var code: RefusalCode? = refusal.code
        while let current = code {
            let key = "refusal." + current.rawValue
            if has(key) { return text(key, context) }
            code = current.parent
        }
        return text("refusal.error", context)
    }

    /// What is wrong with an input.
    func text(_ problem: InputProblem) -> String {
        let own = "problem.\(problem.input.text).\(problem.rule.rawValue)"
        var context: [String: Any] = [:]
        if let bound = problem.bound { context["bound"] = bound }
        return text(has(own) ? own : "problem." + problem.rule.rawValue, context)
    }

    /// `30 seconds`, `2 minutes`: rounded up, so that who waits so long has waited enough.
    func wait(_ seconds: Int64) -> String {
        let (number, unit) =
            switch seconds {
            case ..<120: (max(1, seconds), "second")
            case ..<7_200: ((seconds + 59) / 60, "minute")
            default: ((seconds + 3_599) / 3_600, "hour")
            }
        return text("wait." + unit + (number == 1 ? "" : "s"), ["number": number])
    }
}
