import WatchwordCore
import WatchwordDialect

/// What the realm's contracts let a person say of themselves: the inputs that their routes bind.
struct ContractInputs {
    /// Of the routes that change an account.
    let changed: Set<InputName>
    /// Of the routes that make one.
    let registered: Set<InputName>

    init(_ dialects: [Dialect]) {
        func inputs(_ operation: WatchwordCore.Operation) -> Set<InputName> {
            let routes = dialects.flatMap(\.routes).filter { $0.operation == operation }
            return Set(routes.flatMap(\.bindings).map(\.input))
        }
        changed = inputs(.updateAccount)
        registered = inputs(.signUp)
    }

    /// Whether a person may change it: what they give at sign-up, and what a contract lets them change. A name to sign in
    /// with and an address they may change only where a contract lets them.
    func mayChange(_ input: InputName) -> Bool {
        switch input {
        case .name, .field: changed.contains(input) || registered.contains(input)
        default: changed.contains(input)
        }
    }
}
