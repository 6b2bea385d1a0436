import WatchwordCore

/// Reads an operation's inputs in their order and gathers everything wrong with them, so that one answer tells all.
///
/// A reader of a required input gives a harmless empty value when it records a problem: look at
/// `refusal` before using any of them. Null and the empty string count as absent.
struct InputReader {
    let submission: Submission
    private(set) var problems: [InputProblem] = []

    /// Bytes beyond which no single input is read, whatever its own bound in characters.
    static let maximumBytes = 1_024

    init(_ submission: Submission) { self.submission = submission }

    /// Everything found wrong, or nothing.
    var refusal: Refusal? { Refusal(problems) }

    mutating func record(_ problem: InputProblem) { problems.append(problem) }

    /// Whether the input was given, or the route has a place for it.
    func expects(_ name: InputName) -> Bool { submission[name] != nil || submission.bound.contains(name) }

    /// A line of text as typed, without control characters; nothing if absent.
    mutating func text(_ name: InputName, maximum: Int = 256) -> String? {
        guard let text = string(name) else { return nil }
        if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            record(InputProblem(name, .characters))
            return nil
        }
        return bounded(text, name, maximum: maximum)
    }

    mutating func requiredText(_ name: InputName, maximum: Int = 256) -> String {
        required(name) { $0.text(name, maximum: maximum) } ?? ""
    }

    /// An address, trimmed; nothing if absent.
    mutating func email(_ name: InputName = .email) -> String? {
        guard let text = string(name).map(Identifier.trimmed) else { return nil }
        guard Identifier.isEmail(text) else {
            record(InputProblem(name, .email))
            return nil
        }
        return text
    }

    mutating func requiredEmail(_ name: InputName = .email) -> String { required(name) { $0.email(name) } ?? "" }

    /// A username, trimmed; nothing if absent.
    mutating func username(_ name: InputName = .username) -> String? {
        guard let text = string(name).map(Identifier.trimmed) else { return nil }
        guard Identifier.isUsername(text) else {
            record(InputProblem(name, .username))
            return nil
        }
        return text
    }

    mutating func requiredUsername(_ name: InputName = .username) -> String {
        required(name) { $0.username(name) } ?? ""
    }

    /// A password or token to compare with what is stored: any text, its length for the operation to judge.
    mutating func requiredSecret(_ name: InputName) -> Secret { Secret(requiredString(name)) }

    /// Any text, to be looked up and not kept.
    mutating func requiredString(_ name: InputName) -> String { required(name) { $0.string(name) } ?? "" }

    /// The same where it may be absent.
    mutating func secret(_ name: InputName) -> Secret? { string(name).map { Secret($0) } }

    /// A password to be set: not shorter than `terms` say, not longer than they or 1,024 bytes allow, without NUL,
    /// with a character of each class they ask for, not one of `common`. Characters are Unicode scalars, and never changed.
    mutating func newPassword(
        _ name: InputName, _ terms: PasswordTerms, common: any CommonPasswords
    ) -> Secret {
        guard let text = required(name, { $0.string(name) }) else { return Secret("") }
        let count = text.unicodeScalars.count
        let before = problems.count
        if text.utf8.contains(0) { record(InputProblem(name, .characters)) }
        if count < terms.minimum { record(InputProblem(name, .min, bound: Int64(terms.minimum))) }
        if count > terms.maximum || text.utf8.count > Self.maximumBytes {
            record(InputProblem(name, .max, bound: Int64(terms.maximum)))
        }
        let kinds: [PasswordClass] = [.lower, .upper, .digit, .symbol]
        func has(_ kind: PasswordClass) -> Bool { text.unicodeScalars.contains(where: kind.contains) }
        if !terms.classes.allSatisfy(has) || terms.leastClasses > kinds.filter(has).count {
            record(InputProblem(name, .classes))
        }
        let password = Secret(text)
        if problems.count == before, terms.refuseCommon, common.contains(password) {
            record(InputProblem(name, .common))
        }
        return password
    }

    /// Checks that `name` repeats `original`, where the route has a place for it.
    mutating func repetition(_ name: InputName, of original: Secret) {
        guard expects(name), let text = required(name, { $0.string(name) }) else { return }
        if Secret(text) != original { record(InputProblem(name, .mismatch)) }
    }

    /// A whole number, also from the text of a query; `initial` if absent.
    mutating func number(_ name: InputName, in range: ClosedRange<Int64>, initial: Int64) -> Int64 {
        let number: Int64
        switch submission[name] {
        case nil, .null: return initial
        case .int(let value): number = value
        case .string(""): return initial
        case .string(let text):
            guard let value = Int64(text) else { fallthrough }
            number = value
        default:
            record(InputProblem(name, .type, expected: "integer"))
            return initial
        }
        if number < range.lowerBound { record(InputProblem(name, .min, bound: range.lowerBound)) }
        if number > range.upperBound { record(InputProblem(name, .max, bound: range.upperBound)) }
        return min(max(number, range.lowerBound), range.upperBound)
    }

    /// A span in whole seconds; nothing if absent.
    mutating func span(_ name: InputName, in range: ClosedRange<Int64>) -> Lifetime? {
        switch submission[name] {
        case nil, .null, .string(""): nil
        default: .seconds(number(name, in: range, initial: range.lowerBound))
        }
    }

    /// A typed extra of an account; its initial value if absent.
    mutating func field(_ terms: FieldTerms) -> Value {
        let name = InputName.field(terms.name)
        guard let value = submission[name], value != .null else { return terms.initial }
        switch (terms.type, value) {
        case (.string, .string(let text)):
            // Line ends and tabs have a place in a text of several lines; NUL and the rest have none anywhere.
            let isOdd = { (scalar: Unicode.Scalar) in
                scalar.properties.generalCategory == .control && !"\t\n\r".unicodeScalars.contains(scalar)
            }
            if text.unicodeScalars.contains(where: isOdd) {
                record(InputProblem(name, .characters))
            } else if text.unicodeScalars.count > terms.maximum {
                record(InputProblem(name, .max, bound: Int64(terms.maximum)))
            }
            return value
        case (.int, .int), (.bool, .bool), (.json, _): return value
        case (.string, _): record(InputProblem(name, .type, expected: "string"))
        case (.int, _): record(InputProblem(name, .type, expected: "integer"))
        case (.bool, _): record(InputProblem(name, .type, expected: "boolean"))
        }
        return terms.initial
    }

    /// One of a few words; nothing if absent.
    mutating func choice<Choice: RawRepresentable<String>>(_ name: InputName, _ type: Choice.Type) -> Choice? {
        guard let text = string(name) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            record(InputProblem(name, .choice))
            return nil
        }
        return choice
    }

    // MARK: Pieces

    private mutating func string(_ name: InputName) -> String? {
        switch submission[name] {
        case nil, .null, .string(""): return nil
        case .string(let text): return text
        default:
            record(InputProblem(name, .type, expected: "string"))
            return nil
        }
    }

    /// What `read` gives; if it gives nothing and found nothing wrong either, the input is missing.
    private mutating func required<Input>(_ name: InputName, _ read: (inout InputReader) -> Input?) -> Input? {
        let before = problems.count
        let input = read(&self)
        if input == nil, problems.count == before { record(InputProblem(name, .required)) }
        return input
    }

    private mutating func bounded(_ text: String, _ name: InputName, maximum: Int) -> String? {
        guard text.unicodeScalars.count <= maximum, text.utf8.count <= Self.maximumBytes else {
            record(InputProblem(name, .max, bound: Int64(maximum)))
            return nil
        }
        return text
    }
}

extension Refusal {
    /// What these problems come to; nothing if there are none. Where all that is wrong is a password that breaks the
    /// realm's policy, it is `weakPassword`: contracts tell that from a request of the wrong shape.
    init?(_ problems: [InputProblem]) {
        guard !problems.isEmpty else { return nil }
        let policy: [InputRule] = [.min, .max, .classes, .common]
        let isWeak = problems.allSatisfy { $0.input == .password && policy.contains($0.rule) }
        self.init(isWeak ? .weakPassword : .validation, problems: problems)
    }
}

extension Engine {
    /// The new password by the realm's rules, and its repetition where the contract asks for one.
    func newPassword(_ inputs: inout InputReader) -> Secret {
        let password = inputs.newPassword(.password, terms.password, common: commonPasswords)
        inputs.repetition(.confirm, of: password)
        return password
    }
}
