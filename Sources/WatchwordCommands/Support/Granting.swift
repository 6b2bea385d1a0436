import WatchwordCore
import WatchwordServer

extension Outcome {
    /// What was granted. Throws `StartFailure` with the refusal in words for the operator; `subject` is what it is about.
    func granted(_ subject: String) throws -> Output {
        switch self {
        case .granted(let output): return output
        case .refused(let refusal):
            throw StartFailure(
                refusal.code == .notFound ? .noSuch : .data, refusal.headline(subject),
                details: refusal.problems.map(\.words))
        }
    }
}

extension Refusal {
    fileprivate func headline(_ subject: String) -> String {
        switch code {
        case .notFound: "there is no \(subject)"
        case .conflict: "\(subject) means more than one: write id:, email: or username: before it"
        case .validation: "\(subject) cannot be that"
        case .weakPassword: "that password is among the first that anybody tries"
        case .emailTaken: "another account has that address"
        case .usernameTaken: "another account has that username"
        default: "\(subject): \(code.rawValue)"
        }
    }
}

extension InputProblem {
    /// The rule that is broken, in words.
    var words: String {
        let bound = bound.map { " \($0)" } ?? ""
        let rule: String =
            switch rule {
            case .required: "is needed"
            case .type: "must be of type \(expected ?? "the field's")"
            case .email: "is not an address"
            case .username: "is not a username: 1 to 64 characters, no @, no control character"
            case .min: "is less than\(bound)"
            case .max: "is more than\(bound)"
            case .mismatch: "differs"
            case .taken: "is taken"
            case .common: "is among the first that anybody tries"
            case .classes: "needs characters of more kinds"
            case .characters: "holds a control character"
            case .choice: "is not one that this realm knows"
            case .json, .media, .size: "cannot be read"
            }
        return "\(input.text) \(rule)"
    }
}
