import WatchwordCore

extension StartFailure {
    /// A fault met while starting or in a command. Its message says how to mend it.
    public init(_ fault: Fault) {
        let exit: ExitCode =
            switch fault.code {
            case .storeUnavailable: .unavailable
            case .storeCorrupt, .storeTooNew: .data
            case .diskFull: .cannotCreate
            case .keyMissing: .configuration
            case .invariant: .internalError
            }
        self.init(exit, fault.message)
    }
}
