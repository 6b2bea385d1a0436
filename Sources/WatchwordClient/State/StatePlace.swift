/// Where the state file is unless `--state` says otherwise.
enum StatePlace {
    static let variables = ["STATE_DIRECTORY", "XDG_STATE_HOME", "HOME"]

    /// systemd's folder for the service, else /var/lib for root, else the user's by the XDG base directory specification.
    ///
    /// Throws `AgentFailure` where the environment tells of no folder.
    static func usual(environment: [String: String], isRoot: Bool) throws -> String {
        if let folder = environment["STATE_DIRECTORY"]?.split(separator: ":").first { return "\(folder)/state.json" }
        if isRoot { return "/var/lib/vsay-agent/state.json" }
        if let folder = environment["XDG_STATE_HOME"], folder.hasPrefix("/") {
            return "\(folder)/vsay-agent/state.json"
        }
        if let home = environment["HOME"], home.hasPrefix("/") { return "\(home)/.local/state/vsay-agent/state.json" }
        throw AgentFailure(.state, "there is no place for the state file, since HOME is not set: give one by --state")
    }
}
