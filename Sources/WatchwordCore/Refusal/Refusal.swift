/// An expected "no": a permanent code, and what the client needs to do better.
public struct Refusal: Hashable, Sendable {
    public var code: RefusalCode
    /// What is wrong with which input, in the order of the operation's inputs; empty unless `code` is or descends from `validation`.
    public var problems: [InputProblem]
    /// Whole seconds after which a retry can succeed, at least 1 (RFC 9110 section 10.2.3).
    public var retryAfter: Int64?
    /// The methods that the path knows, for `methodNotAllowed` (RFC 9110 section 10.2.1).
    public var allow: [String]
    /// Of a fault shown as `internal`: the id under which it is in the log.
    public var faultID: String?

    public init(
        _ code: RefusalCode, problems: [InputProblem] = [], retryAfter: Int64? = nil, allow: [String] = [],
        faultID: String? = nil
    ) {
        self.code = code
        self.problems = problems
        self.retryAfter = retryAfter
        self.allow = allow
        self.faultID = faultID
    }
}

/// One input that breaks one rule. The dialect finds the words and the wire name.
public struct InputProblem: Hashable, Sendable {
    public var input: InputName
    public var rule: InputRule
    /// The bound that was broken, for `min`, `max`, `minValue`, `maxValue`.
    public var bound: Int64?
    /// The type that was expected, for `type`: string, integer, boolean.
    public var expected: String?
    /// What was sent, of an input that is no secret.
    public var value: Value?

    public init(
        _ input: InputName, _ rule: InputRule, bound: Int64? = nil, expected: String? = nil, value: Value? = nil
    ) {
        self.value = input.isSecret ? nil : value
        self.input = input
        self.rule = rule
        self.bound = bound
        self.expected = expected
    }
}

/// The rules an input can break; `messages:` of a dialect words each.
public enum InputRule: String, Hashable, Sendable, CaseIterable {
    /// Absent, or null where a value is needed.
    case required
    /// Of another type than the input has.
    case type
    /// Not an address: one `@`, a local part, a domain, no space or control character, at most 254 characters.
    case email
    /// Not a username: 1 to 64 characters, no `@`, no control character, no space at either end.
    case username
    /// Shorter than `bound` characters.
    case min
    /// Longer than `bound` characters, or 1,024 bytes.
    case max
    /// Different from the input it repeats.
    case mismatch
    /// Used by another account.
    case taken
    /// On the list of common passwords.
    case common
    /// Holds NUL or another control character.
    case characters
    /// Without a character of a class that passwords must have.
    case classes
    /// Not one of the values allowed.
    case choice
    /// The body is not JSON, or not an object.
    case json
    /// The body has a type the route does not take.
    case media
    /// The body is larger than the limit, in `bound` bytes.
    case size
}

/// What an operation comes to: granted, or refused. A fault is thrown instead.
public enum Outcome<Output: Sendable>: Sendable {
    case granted(Output)
    case refused(Refusal)

    public static func refused(_ code: RefusalCode) -> Outcome { .refused(Refusal(code)) }

    public func map<New: Sendable>(_ change: (Output) throws -> New) rethrows -> Outcome<New> {
        switch self {
        case .granted(let output): .granted(try change(output))
        case .refused(let refusal): .refused(refusal)
        }
    }

    /// What was granted, or nothing.
    public var output: Output? { if case .granted(let output) = self { output } else { nil } }
    /// What was refused, or nothing.
    public var refusal: Refusal? { if case .refused(let refusal) = self { refusal } else { nil } }
}

extension Outcome: Equatable where Output: Equatable {}
