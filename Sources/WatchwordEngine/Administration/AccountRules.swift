import WatchwordCore

/// The rules of an account's parts as an operator sets them, each by the reader that sign-up uses; it gathers what is wrong.
struct AccountRules {
    private let terms: Terms
    private var problems: [InputProblem] = []

    init(_ terms: Terms) { self.terms = terms }

    var refusal: Refusal? { Refusal(problems) }

    /// An address or username, trimmed; nothing only where the contract does not require it.
    mutating func identifier(_ kind: Identifier.Kind, _ text: String?) -> String? {
        let name: InputName = kind == .email ? .email : .username
        let isRequired = terms.accounts.required.contains(kind)
        return read(name, text.map(Value.string)) { inputs in
            switch (kind, isRequired) {
            case (.email, true): inputs.requiredEmail()
            case (.email, false): inputs.email()
            case (.username, true): inputs.requiredUsername()
            case (.username, false): inputs.username()
            }
        }
    }

    mutating func name(_ text: String?) -> String? { read(.name, text.map(Value.string)) { $0.text(.name) } }

    mutating func role(_ text: String) -> String {
        if !terms.accounts.roles.contains(text) { problems.append(InputProblem(.field("role"), .choice)) }
        return text
    }

    mutating func password(_ password: Secret, _ common: any CommonPasswords) {
        _ = read(.password, .string(password.revealed)) { [terms] inputs in
            inputs.newPassword(.password, terms.password, common: common)
        }
    }

    /// Uses allowed in all: none, or a number not below 0.
    mutating func usage(_ count: Int64?, _ name: String) -> Int64? {
        if let count, count < 0 { problems.append(InputProblem(.field(name), .min, bound: 0)) }
        return count
    }

    /// All typed extras: those given, and of the others the initial values.
    mutating func fields(_ given: [String: Value]) -> [String: Value] {
        var fields: [String: Value] = [:]
        for terms in terms.accounts.fields { fields[terms.name] = terms.initial }
        for (name, value) in given.sorted(by: { $0.key < $1.key }) { fields[name] = field(name, value) }
        return fields
    }

    /// One typed extra; null puts it back to its initial value.
    mutating func field(_ name: String, _ value: Value) -> Value {
        guard let terms = terms.accounts.fields.first(where: { $0.name == name }) else {
            problems.append(InputProblem(.field(name), .choice))
            return .null
        }
        return read(.field(name), value) { $0.field(terms) }
    }

    private mutating func read<Part>(
        _ name: InputName, _ value: Value?, _ rule: (inout InputReader) -> Part
    ) -> Part {
        var submission = Submission()
        submission[name] = value
        var inputs = InputReader(submission)
        let part = rule(&inputs)
        problems += inputs.problems
        return part
    }
}
