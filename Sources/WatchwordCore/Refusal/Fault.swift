/// Something broken: the store is down, a key is missing, an invariant does not hold.
///
/// Thrown, logged once with an id, and shown to a client as `internal` and nothing more.
public struct Fault: Error, Sendable, CustomStringConvertible {
    /// A permanent word for the kind: `store_unavailable`, `store_corrupt`, `disk_full`, `key_missing`, `invariant`.
    public var code: Code
    /// For the operator: what went wrong and how to mend it. Never a secret.
    public var message: String
    public var cause: (any Error)?

    public enum Code: String, Sendable {
        case storeUnavailable = "store_unavailable"
        case storeCorrupt = "store_corrupt"
        case storeTooNew = "store_too_new"
        case diskFull = "disk_full"
        case keyMissing = "key_missing"
        case invariant
    }

    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    public var description: String { "\(code.rawValue): \(message)" }
}
