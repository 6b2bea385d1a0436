import ArgumentParser

/// Agents by the thousand on one server: what they cost while idle, and how soon they are gone.
@main struct SocketLoad: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watchword-bench-sockets", abstract: "Measure a server with many authenticated agents.",
        subcommands: [Prepare.self, Measure.self])
}

/// Where the server listens, and what is kept between the two commands.
struct Target: ParsableArguments {
    @Option(help: "The port of the realm, on 127.0.0.1.") var port: Int
    @Option(help: "The file of the keys.") var keys: String

    static let host = "127.0.0.1"
    static let owner = "owner@bench.example"
    static let watcher = "watcher@bench.example"
    static let password = "violet-harbour-77"

    /// The username that goes with an address.
    static func name(_ email: String) -> String { String(email.prefix { $0 != "@" }) }
}
