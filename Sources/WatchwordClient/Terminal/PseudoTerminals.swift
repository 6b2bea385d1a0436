import FoundationEssentials
import WatchwordRelay

/// Terminals of this machine: each a login shell of this process's user on a pseudo-terminal of its own.
final class PseudoTerminals: TerminalHost {
    private let readiness: Readiness
    private let program: TerminalProgram

    /// - Parameter shell: an absolute path, in place of the user's own shell.
    /// Throws `TerminalRefused` where the process has no descriptor or thread left.
    convenience init(shell: String? = nil) throws(TerminalRefused) {
        try self.init(
            .login(.current(), shell: shell, inheriting: ProcessInfo.processInfo.environment))
    }

    init(_ program: TerminalProgram) throws(TerminalRefused) {
        readiness = try Readiness()
        self.program = program
    }

    func start(_ size: TerminalSize, who: String) throws(TerminalRefused) -> any HostedTerminal {
        try PseudoTerminal(program, size, readiness)
    }
}
