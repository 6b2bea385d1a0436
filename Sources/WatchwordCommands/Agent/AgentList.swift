import ArgumentParser
import WatchwordCore
import WatchwordEngine
import WatchwordServer

struct AgentList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the agents of a realm or of an account, and which are online.")

    @Option(help: "Those of this account and those shared with it: its id, address or username.") var account: String?
    @OptionGroup var options: RealmOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await options.withRealm { realm in
            output.list(
                try await realm.administration.agents(of: account.map { AccountReference($0) })
                    .granted("account `\(Text.safe(account ?? ""))`"))
        }
    }
}

struct AgentShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show an agent.")

    @OptionGroup var argument: AgentArgument
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await argument.options.withRealm { realm in
            output.show(try await realm.administration.agent(argument.agentID).granted(argument.subject))
        }
    }
}
