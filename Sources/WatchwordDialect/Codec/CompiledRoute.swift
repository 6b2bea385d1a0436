import WatchwordCore

/// A route ready to run: where its inputs and credentials are, and what it answers.
public final class CompiledRoute: Sendable {
    public let route: Route
    let reply: CompiledReply
    /// Those that go before it where their conditions hold.
    let otherReplies: [CompiledReply]
    let errors: [RefusalCode: CompiledReply]
    /// The inputs that it binds, in order.
    let bound: [InputName]
    let readsBody: Bool
    /// Whether the body as a whole is an input, so that it may be any JSON value.
    let readsWholeBody: Bool
    /// The carriers by the field that they share, in the order of the first of each.
    let carried: [CarrierField]
    /// Whether an input that the operation needs can only be in the body, so that no body is a broken one.
    let needsBody: Bool
    /// How each bound input is written where its own type is not the wire's.
    let forms: [InputName: InputForm]

    init(_ route: Route, _ terms: AccountTerms) {
        self.route = route
        reply = CompiledReply(route.reply)
        otherReplies = route.otherReplies.map(CompiledReply.init)
        errors = route.errors.mapValues(CompiledReply.init)
        bound = route.bindings.map(\.input)
        let sources = route.bindings.flatMap(\.sources)
        readsBody = !route.media.isEmpty && sources.contains(where: \.isBody)
        readsWholeBody = sources.contains(.body(RequestBody.whole))
        carried = CarrierField.fields(of: route.carriers ?? [])
        let signature = route.operation.signature
        let needed = signature.required + signature.oneOf
        needsBody = route.bindings.contains { needed.contains($0.input) && $0.sources.allSatisfy(\.isBody) }
        var forms: [InputName: InputForm] = [:]
        for input in bound { forms[input] = InputForm(of: input, terms) }
        self.forms = forms
    }

    public var operation: Operation { route.operation }
}

extension InputSource {
    var isBody: Bool { if case .body = self { true } else { false } }
}

/// An input whose type differs from the one that carries it.
enum InputForm: Sendable {
    /// An id that is a number in JSON and a text in the engine.
    case numericID
    /// A number or flag that is a text in a form, a query, a path or a field.
    case integer, flag

    init?(of input: InputName, _ terms: AccountTerms) {
        switch input {
        case .id, .agentID, .userID:
            guard terms.idFormat == .integer else { return nil }
            self = .numericID
        case .limit, .offset: self = .integer
        case .field(let name):
            switch terms.fields.first(where: { $0.name == name })?.type {
            case .int: self = .integer
            case .bool: self = .flag
            default: return nil
            }
        default: return nil
        }
    }

    /// What the engine is given for a value from the wire; what does not fit stays, for the engine to refuse.
    func submitted(_ value: Value) -> Value {
        switch (self, value) {
        case (.numericID, .int(let number)): .string(String(number))
        case (.integer, .string(let text)): Self.canonical(text).map(Value.int) ?? value
        case (.flag, .string("true")): .bool(true)
        case (.flag, .string("false")): .bool(false)
        default: value
        }
    }

    /// What JSON holds for a value of the engine's.
    func written(_ value: Value) -> Value {
        if case (.numericID, .string(let text)) = (self, value), let number = Self.canonical(text) {
            return .int(number)
        }
        return value
    }

    /// The number that prints as `text`; nothing for `+1`, `01` or what is no number.
    static func canonical(_ text: String) -> Int64? { Int64(text).flatMap { String($0) == text ? $0 : nil } }
}
