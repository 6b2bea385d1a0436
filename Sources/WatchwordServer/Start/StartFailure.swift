/// Why the server or a command cannot start: what is wrong, and how to mend it. Shown whole, as one screen.
public struct StartFailure: Error, Sendable, Equatable, CustomStringConvertible {
    public var exit: ExitCode
    public var headline: String
    /// Lines that show the mistakes, if there are several or they have places.
    public var details: [String]
    /// What to do about it.
    public var mend: String?

    /// The codes of BSD's sysexits.h, so that a supervisor can tell a slip from a lost disk.
    public enum ExitCode: Int32, Sendable, CaseIterable {
        case usage = 64
        /// A dialect, token or database that cannot be understood.
        case data = 65
        /// An account, key, session or message that is not there.
        case noSuch = 67
        /// A port that is taken, a store that does not answer, a service that ended.
        case unavailable = 69
        case internalError = 70
        /// A folder or file that cannot be written; a full disk.
        case cannotCreate = 73
        case configuration = 78
    }

    public init(_ exit: ExitCode, _ headline: String, details: [String] = [], mend: String? = nil) {
        self.exit = exit
        self.headline = headline
        self.details = details
        self.mend = mend
    }

    public var description: String {
        var lines = ["watchword: \(headline)"] + details.map { "  \($0)" }
        if let mend { lines.append("  -> \(mend)") }
        return lines.joined(separator: "\n")
    }
}
