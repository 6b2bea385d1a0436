import ArgumentParser

/// `vsay-agent`, and `watchword agent connect`.
public struct AgentConnect: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "vsay-agent", abstract: "Connects this machine, so that its owner can open terminals on it.")

    public init() {}

    public func run() async throws {}
}
