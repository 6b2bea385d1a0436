import WatchwordCore

extension Visit {
    /// What a refusal comes to that no form can mend: somebody is no longer signed in, or a thing is not there, or not
    /// theirs. Nothing for one that a form is shown again with.
    func settled(_ refusal: Refusal) -> PageAnswer? {
        switch refusal.code {
        case .unauthorized, .missingToken, .invalidToken, .expiredToken, .revokedToken, .wrongTokenType:
            .redirect(to: signIn)
        case .notFound: .failed(404)
        default: nil
        }
    }
}

extension Refusal {
    /// The same, told at the input that it is about.
    var atItsInput: Refusal {
        guard problems.isEmpty else { return self }
        var refusal = self
        switch code {
        case .wrongPassword: refusal.problems = [InputProblem(.currentPassword, .mismatch)]
        case .emailTaken: refusal.problems = [InputProblem(.email, .taken)]
        case .usernameTaken: refusal.problems = [InputProblem(.username, .taken)]
        default: break
        }
        return refusal
    }
}
