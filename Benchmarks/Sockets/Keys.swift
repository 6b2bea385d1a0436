/// The access tokens of two accounts and the keys of one's agents, one a line.
struct Keys {
    struct Malformed: Error {}

    /// Of the account whose requests are timed.
    var watcher: String
    /// Of the account that is shut out.
    var owner: String
    var agents: [String]

    init(watcher: String, owner: String, agents: [String]) {
        self.watcher = watcher
        self.owner = owner
        self.agents = agents
    }

    init(from path: String) throws {
        let lines = try File.text(path).split(separator: "\n").map(String.init)
        guard lines.count > 2 else { throw Malformed() }
        self.init(watcher: lines[0], owner: lines[1], agents: Array(lines.dropFirst(2)))
    }

    func write(to path: String) throws {
        try File.write(([watcher, owner] + agents).joined(separator: "\n") + "\n", to: path)
    }
}
