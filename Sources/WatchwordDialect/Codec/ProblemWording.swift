import WatchwordCore

extension CompiledDialect {
    /// The problems of a refusal in the dialect's words. A refusal without any is worded as one of the whole body,
    /// so that a reply that lists problems always has something to list.
    func words(for refusal: Refusal, _ route: CompiledRoute?) -> [WordedProblem] {
        if !refusal.problems.isEmpty { return refusal.problems.map { word($0, route) } }
        if let rule = refusal.code.rule { return [word(InputProblem(.body, rule), route)] }
        return [
            WordedProblem(
                code: refusal.code.rawValue, field: "body", location: ["body"], message: refusal.code.message,
                problem: InputProblem(.body, .json))
        ]
    }

    private func word(_ problem: InputProblem, _ route: CompiledRoute?) -> WordedProblem {
        let location = route?.location(of: problem.input) ?? ["body"]
        var worded = WordedProblem(
            code: problem.rule.rawValue, field: location.last ?? "body", location: location, message: "",
            problem: problem)
        guard let message = messages[problem.rule] else {
            worded.message = Self.plainWords(worded.field, problem)
            return worded
        }
        worded.code = message.code
        var scope = Scope(grant: Grant(), context: ReplyContext(baseURL: ""), idsAreNumbers: false)
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
    /// The rule of `messages` that words it where a refusal names no problem.
    fileprivate var rule: InputRule? {
        switch self {
        case .badJSON: .json
        case .unsupportedMedia: .media
        case .tooLarge: .size
        default: nil
        }
    }
}
