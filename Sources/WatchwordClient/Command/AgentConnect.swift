import ArgumentParser
import WatchwordCore

/// `vsay-agent`, and as `watchword agent connect` the same.
public struct AgentConnect: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "vsay-agent", abstract: "Connects this machine, so that its owner can open terminals on it.",
        discussion: AgentOptions.discussion, version: "vsay-agent \(Version.text)")

    @OptionGroup var options: AgentOptions

    public init() {}

    public func run() async throws { try await options.run(as: "vsay-agent") }
}

/// `watchword agent connect`.
public struct ConnectCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "connect", abstract: "Connect this machine as an agent: vsay-agent, by another name.",
        discussion: AgentOptions.discussion)

    @OptionGroup var options: AgentOptions

    public init() {}

    public func run() async throws { try await options.run(as: "watchword agent connect") }
}
