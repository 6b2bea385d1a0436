/// What a terminal runs.
struct TerminalProgram: Hashable, Sendable {
    /// Absolute.
    var path: String
    /// From the name it is called by on.
    var arguments: [String]
    var environment: [String: String]
    /// Where it starts; in `/` if it cannot.
    var directory: String

    /// Of this process's variables, those that a shell is given: where programs are, and the language. All else, the
    /// agent's key first of all, is none of the terminal's business.
    static let inherited = [
        "PATH", "LANG", "LANGUAGE", "LC_ALL", "LC_COLLATE", "LC_CTYPE", "LC_MESSAGES", "LC_MONETARY", "LC_NUMERIC",
        "LC_TIME", "TZ",
    ]

    /// A login shell in the user's home: the user's own, or `shell`.
    static func login(
        _ user: TerminalUser, shell: String? = nil, inheriting environment: [String: String]
    ) -> TerminalProgram {
        let path = shell ?? user.shell
        var variables = ["PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"]
        variables.merge(environment.filter { inherited.contains($0.key) }) { $1 }
        variables["TERM"] = "xterm-256color"
        variables["HOME"] = user.home
        variables["USER"] = user.name
        variables["LOGNAME"] = user.name
        variables["SHELL"] = path
        // By the dash a shell knows that it is to read the profile.
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return TerminalProgram(path: path, arguments: ["-" + name], environment: variables, directory: user.home)
    }
}
