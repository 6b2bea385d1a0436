/// Why the agent's program ends for good. One line, for people: what, why, what to do. Never a secret.
struct AgentFailure: Error, Equatable, Sendable {
    var exit: Exit
    var text: String

    /// How the program ends where starting it again changes nothing: the codes of sysexits.h, for a supervisor.
    enum Exit: Int32, Sendable, CaseIterable {
        /// The agent was removed on the server, or its place was taken by another program.
        case gone = 69
        /// The state file cannot be read, written, or had alone.
        case state = 73
        /// The server does not take the key, or no longer.
        case keyRefused = 77
        /// Host, dialect, key or flags cannot be used.
        case configuration = 78
    }

    init(_ exit: Exit, _ text: String) {
        self.exit = exit
        self.text = text
    }
}
