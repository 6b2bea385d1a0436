import ArgumentParser
import WatchwordCore
import WatchwordEngine
import WatchwordServer

struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "List, create, revoke and rotate API keys.",
        subcommands: [KeyList.self, KeyCreate.self, KeyRevoke.self, KeyRotate.self])
}

extension APIKey: Displayable {
    static var columns: [String] { ["id", "name", "hint", "agent", "created", "last used", "expires"] }

    var row: [String] {
        [
            id.text, Text.of(name), Text.of(hint), Text.of(agentID?.text), Text.of(createdAt), Text.of(lastUsedAt),
            Text.of(expiresAt),
        ]
    }

    var facts: [(name: String, value: Value)] {
        [
            ("id", .string(id.text)), ("account_id", .string(accountID.text)), ("agent_id", Value(agentID?.text)),
            ("name", Value(name)), ("hint", .string(hint)), ("created_at", Value(createdAt)),
            ("last_used_at", Value(lastUsedAt)), ("expires_at", Value(expiresAt)), ("revoked_at", Value(revokedAt)),
        ]
    }
}

/// A key just made: the one time its secret is shown.
struct MadeKey: Displayable {
    static var columns: [String] { APIKey.columns }
    var issued: IssuedAPIKey
    var row: [String] { issued.key.row }
    var facts: [(name: String, value: Value)] {
        issued.key.facts + [("secret", Value(issued.secret?.revealed))]
    }
}

struct KeyList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List an account's live API keys.")

    @OptionGroup var argument: AccountArgument
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await argument.options.withRealm { realm in
            output.list(try await realm.administration.keys(of: argument.reference).granted(argument.subject))
        }
    }
}

struct KeyCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Create an API key; its secret is shown this once.")

    @OptionGroup var argument: AccountArgument
    @Option(help: "What to call it.") var name: String?
    @Option(help: ArgumentHelp("The agent it opens for, where keys hang on agents.", valueName: "id")) var agent:
        String?
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await argument.options.withRealm { realm in
            let issued = try await realm.administration.createKey(
                of: argument.reference, agent: agent.map(Agent.ID.init(_:)), name: name)
            output.show(MadeKey(issued: try issued.granted("the account, its agent, or API keys in this realm")))
        }
    }
}

struct KeyRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "revoke", abstract: "End an API key.")

    @Argument(help: "The key's id.") var id: String
    @OptionGroup var options: RealmOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await options.withRealm { realm in
            output.show(try await realm.administration.revokeKey(APIKey.ID(id)).granted("live API key `\(id)`"))
        }
    }
}

struct KeyRotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "End an API key and make another in its place, shown this once.")

    @Argument(help: "The key's id.") var id: String
    @OptionGroup var options: RealmOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await options.withRealm { realm in
            let issued = try await realm.administration.rotateKey(APIKey.ID(id)).granted("live API key `\(id)`")
            output.show(MadeKey(issued: issued))
        }
    }
}
