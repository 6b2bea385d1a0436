import ArgumentParser
import WatchwordCore
import WatchwordEngine
import WatchwordServer

struct AgentRename: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "rename", abstract: "Give an agent another name.")

    @OptionGroup var argument: AgentArgument
    @Argument(help: "The new name.") var name: String
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await argument.options.withRealm { realm in
            output.show(
                try await realm.administration.renameAgent(argument.agentID, to: name).granted(argument.subject))
        }
    }
}

struct AgentRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove an agent; its keys and its connection end.")

    @OptionGroup var argument: AgentArgument
    @Flag(help: "Do not ask.") var yes = false
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await argument.options.withRealm { realm in
            if !yes { try Confirmation.ask("Remove \(argument.subject) of realm \(realm.name)?") }
            output.show(try await realm.administration.removeAgent(argument.agentID).granted(argument.subject))
        }
    }
}

struct AgentShare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "share", abstract: "Let another account see an agent and open its terminal.")

    @OptionGroup var argument: AgentArgument
    @Argument(help: "The other account: its id, address or username.") var account: String
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await argument.options.withRealm { realm in
            output.show(
                try await realm.administration.shareAgent(argument.agentID, with: AccountReference(account))
                    .granted("\(argument.subject) or account `\(Text.safe(account))`"))
        }
    }
}

struct AgentUnshare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unshare", abstract: "End that, and with it the terminals that are open by it.")

    @OptionGroup var argument: AgentArgument
    @Argument(help: "The other account: its id, address or username.") var account: String
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await argument.options.withRealm { realm in
            output.show(
                try await realm.administration.unshareAgent(argument.agentID, with: AccountReference(account))
                    .granted("\(argument.subject) or account `\(Text.safe(account))`"))
        }
    }
}
