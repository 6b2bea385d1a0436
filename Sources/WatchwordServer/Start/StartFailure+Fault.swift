import WatchwordCore

extension StartFailure {
    /// A fault met while starting or in a command. Its message says how to mend it.
    /// `path`: the file that it is about, where the message does not name one.
    public init(_ fault: Fault, about path: String? = nil) {
        let exit: ExitCode =
            switch fault.code {
            case .storeUnavailable: .unavailable
            case .storeCorrupt, .storeTooNew: .data
            case .diskFull: .cannotCreate
            case .keyMissing: .configuration
            case .invariant: .internalError
            }
        let subject = fault.code == .keyMissing || fault.code == .invariant ? nil : path
        self.init(exit, subject.map { "\($0): \(fault.message)" } ?? fault.message)
    }
}
