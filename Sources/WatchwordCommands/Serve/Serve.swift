import ArgumentParser
import Logging
import WatchwordCore
import WatchwordServer

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve every configured realm.",
        discussion: """
            Without a configuration file, five of the built-in dialects are served on loopback, each on its own port. \
            SIGTERM and SIGINT end it when the requests in hand are answered.
            """)

    @OptionGroup var options: InstanceOptions

    @Option(help: ArgumentHelp("Serve this dialect alone: a file's path, or a built-in's name.", valueName: "dialect"))
    var dialect: String?

    @Option(help: ArgumentHelp("The port, with --dialect.", valueName: "number"))
    var port: Int?

    func validate() throws {
        if port != nil, dialect == nil {
            throw ValidationError("--port needs --dialect: realms have ports of their own")
        }
        if let port, !(0...65_535).contains(port) { throw ValidationError("--port is a number from 0 to 65535") }
    }

    func run() async throws {
        let configuration = try options.configuration(dialect: dialect, port: port)
        let clock = SystemClock()
        let logger = Logger(label: "watchword") { label in
            LineLogHandler(label: label, log: configuration.log, clock: clock)
        }
        let instance = try await Instance(configuration, environment: options.environment, clock: clock)
        try await instance.settleKeyOrigins(options.environment)
        try await Server(instance, logger: logger).run { ports in
            Output.write(StartupTable(instance, ports: ports).text, to: 1)
            for note in instance.notes { logger.notice("\(note)") }
        }
    }
}
