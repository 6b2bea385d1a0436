import ArgumentParser
import WatchwordClient
import WatchwordCore
import WatchwordEngine
import WatchwordServer

struct AgentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent", abstract: "See and change the agents of a realm.",
        subcommands: [
            AgentList.self, AgentShow.self, AgentRename.self, AgentRemove.self, AgentShare.self, AgentUnshare.self,
            ConnectCommand.self,
        ])
}

/// Which agent a command is about.
struct AgentArgument: ParsableArguments {
    @Argument(help: "The agent's id.") var id: String
    @OptionGroup var options: RealmOptions

    var agentID: Agent.ID { Agent.ID(id) }
    var subject: String { "agent `\(Text.safe(id))`" }
}

extension Agent: Displayable {
    static var columns: [String] { ["id", "name", "account", "online", "last seen", "address", "version"] }

    var row: [String] {
        [
            id.text, Text.safe(name), accountID.text, String(online), Text.of(lastSeenAt), Text.of(lastAddress),
            Text.of(version),
        ]
    }

    var facts: [(name: String, value: Value)] {
        [
            ("id", .string(id.text)), ("name", .string(name)), ("account_id", .string(accountID.text)),
            ("online", .bool(online)), ("created_at", Value(createdAt)), ("last_seen_at", Value(lastSeenAt)),
            ("connected_at", Value(connectedAt)), ("address", Value(lastAddress)), ("version", Value(version)),
        ]
    }
}
