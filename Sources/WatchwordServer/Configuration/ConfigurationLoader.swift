import Logging
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordMail

/// What the command line adds to the file and the environment.
public struct ConfigurationOptions: Sendable {
    /// `--config`: the file, which must then exist. Nothing reads `watchword.yaml` if there is one.
    public var file: String?
    /// `--data`.
    public var dataDirectory: String?
    /// `--dialect`: serve this alone.
    public var dialect: String?
    /// `--port`, with `--dialect`.
    public var port: Int?

    public init(file: String? = nil, dataDirectory: String? = nil, dialect: String? = nil, port: Int? = nil) {
        self.file = file
        self.dataDirectory = dataDirectory
        self.dialect = dialect
        self.port = port
    }
}

/// A configuration that cannot be used: every mistake in it.
public struct ConfigurationMistakes: Error, Sendable, CustomStringConvertible {
    public var mistakes: [ConfigurationMistake]

    public var description: String { mistakes.map(\.description).joined(separator: "\n") }
}

/// Makes a configuration from a document, the environment and the command line, or finds all that is wrong.
struct ConfigurationLoader {
    var source: ConfigurationSource
    let document: ConfigurationDocument
    let environment: [String: String]
    let options: ConfigurationOptions
    /// Those of every realm that has none of its own.
    var (sender, replyTo): (Mailbox?, Mailbox?) = (nil, nil)

    init(document: ConfigurationDocument, environment: [String: String], options: ConfigurationOptions) {
        self.document = document
        self.environment = environment
        self.options = options
        let chosen: [[String]: String] = options.dataDirectory.map { [["data_directory"]: $0] } ?? [:]
        source = ConfigurationSource(
            document: document, environment: environment, options: chosen,
            fallback: options.dialect == nil ? .whole(document.file) : .option("--dialect"))
    }

    mutating func load() throws -> Configuration {
        var configuration = Configuration()
        if let path = source.path("data_directory") { configuration.dataDirectory = path }
        configuration.log = log()
        configuration.admin = admin()
        configuration.hashing = hashing()
        configuration.throttle = throttle()
        configuration.sockets = sockets()
        configuration.mail = mail()
        if let reload = source.text("reload").flatMap(Configuration.Reload.init) { configuration.reload = reload }
        configuration.realms = realms()
        clashes(configuration)
        senders(configuration)
        let mistakes = document.mistakes + source.mistakes
        guard mistakes.isEmpty else { throw ConfigurationMistakes(mistakes: mistakes) }
        return configuration
    }

    private mutating func log() -> Configuration.Log {
        var log = Configuration.Log()
        if let level = source.text("log.level").flatMap(Logger.Level.init(rawValue:)) { log.level = level }
        if let format = source.text("log.format").flatMap(Configuration.Log.Format.init(rawValue:)) {
            log.format = format
        }
        return log
    }

    private mutating func admin() -> Configuration.Address? {
        var address = Configuration.Address(host: "127.0.0.1", port: 9_091)
        let enabled = source.flag("admin.enabled") ?? true
        if let host = source.text("admin.host") { address.host = host }
        if let port = source.integer("admin.port") { address.port = port }
        return enabled ? address : nil
    }

    private mutating func hashing() -> Configuration.Hashing {
        var hashing = Configuration.Hashing()
        if let memory = source.integer("hashing.memory_kib") { hashing.memoryKiB = memory }
        if let iterations = source.integer("hashing.iterations") { hashing.iterations = iterations }
        hashing.lanes = source.integer("hashing.lanes")
        if let queue = source.integer("hashing.queue") { hashing.queue = queue }
        return hashing
    }

    private mutating func throttle() -> ThrottleLimits {
        var limits = ThrottleLimits()
        limits.address = limit("address", limits.address)
        limits.attempt = limit("attempt", limits.attempt)
        limits.mailbox = limit("mailbox", limits.mailbox)
        limits.key = limit("key", limits.key)
        return source.flag("throttle.enabled") ?? true ? limits : .off
    }

    private mutating func limit(_ name: String, _ initial: Limit?) -> Limit? {
        guard var limit = initial else { return nil }
        if let burst = source.integer("throttle.\(name)_burst") { limit.burst = Int64(burst) }
        if let interval = source.integer("throttle.\(name)_interval_ms") { limit.interval = Int64(interval) * 1_000 }
        return limit
    }
}
