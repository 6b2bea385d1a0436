import WatchwordCore
import WatchwordDialect

/// Which of the inputs that a route reads a client must send.
public struct RouteInputs: Sendable {
    private let required: Set<InputName>
    /// Inputs of which one must be there, where the route reads several of them.
    public let alternatives: [InputName]

    public init(_ route: Route, of dialect: Dialect) {
        let signature = route.operation.signature
        let bound = route.bindings.map(\.input)
        var required = Set(signature.required)
        if route.operation == .signUp {
            for kind in dialect.terms.accounts.required { required.insert(kind == .email ? .email : .username) }
        }
        if let standIn = signature.actsOr, route.carriers == nil { required.insert(standIn) }
        if bound.contains(.confirm), required.contains(.password) { required.insert(.confirm) }
        let choices = bound.filter(signature.oneOf.contains)
        if choices.count == 1 { required.insert(choices[0]) }
        alternatives = choices.count > 1 ? choices : []
        self.required = required.intersection(bound)
    }

    public func isRequired(_ input: InputName) -> Bool {
        required.contains(input) || alternatives.first == input
    }

    /// Whether the request is refused without exactly this input.
    public func isNeeded(_ input: InputName) -> Bool { required.contains(input) }
}
