import WatchwordCore

extension RefusalWords {
    /// The problems of a refusal in the dialect's words, and `$error.message`. A refusal without any is worded as one
    /// of what it is about, so that a reply that lists problems always has something to list.
    func words(
        for refusal: Refusal, in scope: Scope
    ) -> (problems: [WordedProblem], message: String) {
        let own = refusal.code.message
        if !refusal.problems.isEmpty {
            let problems = refusal.problems.map { word($0, scope) }
            return (problems, problems.first?.message ?? own)
        }
        guard let (input, rule) = refusal.code.matter else {
            return ([unruled(refusal.code, scope.route)], own)
        }
        let problem = word(InputProblem(input, rule), scope)
        return ([problem], input == .body || messages[rule] != nil ? problem.message : own)
    }

    /// A problem of no rule, by the refusal's own name.
    private func unruled(_ code: RefusalCode, _ route: CompiledRoute?) -> WordedProblem {
        let input = code.input
        let location = route?.location(of: input) ?? ["body"]
        return WordedProblem(
            code: code.rawValue, field: location.last ?? "body", location: location, message: code.message,
            rule: code.rawValue, problem: InputProblem(input, .json))
    }

    private func word(_ problem: InputProblem, _ scope: Scope) -> WordedProblem {
        let location = scope.route?.location(of: problem.input) ?? ["body"]
        var worded = WordedProblem(
            code: problem.rule.rawValue, field: location.last ?? "body", location: location, message: "",
            rule: problem.rule.rawValue, problem: problem)
        guard let message = messages[problem.rule] else {
            worded.message = Self.plainWords(worded.field, problem)
            return worded
        }
        worded.code = message.code
        var scope = scope
        scope.item = .problem(worded)
        worded.message = message.text.text(scope)
        return worded
    }

    /// The words of a dialect that has none of its own.
    static func plainWords(_ field: String, _ problem: InputProblem) -> String {
        let bound = problem.bound.map(String.init) ?? ""
        let expected = problem.expected ?? "string"
        return switch problem.rule {
        case .required: "\(field) is required"
        case .type:
            "\(field) must be \(["a", "e", "i", "o", "u"].contains(expected.prefix(1)) ? "an" : "a") \(expected)"
        case .email: "\(field) must be a valid email address"
        case .username: "\(field) must be 1 to 64 characters, without @, control characters or spaces at its ends"
        case .min: "\(field) must be at least \(bound) characters long"
        case .max: "\(field) must be at most \(bound) characters long"
        case .mismatch: "\(field) does not match"
        case .taken: "\(field) is already taken"
        case .common: "\(field) is too common"
        case .classes: "\(field) needs characters of more kinds"
        case .characters: "\(field) contains characters that are not allowed"
        case .choice: "\(field) is not one of the allowed values"
        case .json: "Malformed JSON"
        case .media: "Unsupported content type"
        case .size: "Request body too large"
        }
    }
}

extension RefusalCode {
    /// What a refusal that names no problem is about, and the rule of `messages` that words it.
    fileprivate var matter: (InputName, InputRule)? {
        switch self {
        case .badJSON: (.body, .json)
        case .unsupportedMedia: (.body, .media)
        case .tooLarge: (.body, .size)
        case .emailTaken: (.email, .taken)
        case .usernameTaken: (.username, .taken)
        default: nil
        }
    }

    /// What a refusal without a rule is about.
    fileprivate var input: InputName {
        switch self {
        case .wrongPassword: .currentPassword
        case .invalidLink, .expiredLink, .alreadyVerified: .token
        case .invalidRefresh, .expiredRefresh, .reusedRefresh: .refreshToken
        default: .body
        }
    }
}
