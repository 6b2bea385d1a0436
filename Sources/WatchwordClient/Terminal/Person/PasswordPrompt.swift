import Glibc
import WatchwordCore

/// Asks on the terminal that this process was started from, whatever its input and output are.
enum PasswordPrompt {
    /// Throws `TerminalFailure` where there is no terminal or nothing is typed, and `CancellationError`.
    static func ask(_ question: String) async throws -> Secret {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0 else {
            throw TerminalFailure("there is no terminal to ask for the password on: give a token instead")
        }
        defer { close(terminal) }
        let local: LocalTerminal
        do { local = try LocalTerminal(input: terminal, output: terminal) } catch {
            throw TerminalFailure(error.reason)
        }
        guard let line = try await local.hiddenLine(asking: question), !line.isEmpty else {
            throw TerminalFailure("no password was given")
        }
        return Secret(line)
    }
}
