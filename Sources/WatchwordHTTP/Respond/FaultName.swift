import WatchwordCore

/// What may be written down of an error: an error of someone else's may quote what it failed on, so only its kind is told.
enum FaultName {
    static func of(_ error: any Error) -> String { (error as? Fault)?.code.rawValue ?? "\(type(of: error))" }
}
