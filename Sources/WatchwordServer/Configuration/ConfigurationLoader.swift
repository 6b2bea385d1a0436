import Logging
import WatchwordCore
import WatchwordDialect
import WatchwordEngine

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
    private var source: ConfigurationSource
    private let document: ConfigurationDocument
    private let options: ConfigurationOptions

    init(document: ConfigurationDocument, environment: [String: String], options: ConfigurationOptions) {
        self.document = document
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
        configuration.mail = mail()
        configuration.realms = realms()
        clashes(configuration)
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

    private mutating func mail() -> Configuration.MailSettings {
        var mail = Configuration.MailSettings()
        if let transport = source.text("mail.transport").flatMap(Configuration.MailSettings.Transport.init(rawValue:)) {
            mail.transport = transport
        }
        mail.directory = source.path("mail.directory")
        if let from = source.text("mail.from") { mail.from = from }
        return mail
    }

    private mutating func realms() -> [RealmConfiguration] {
        if let dialect = options.dialect { return alone(dialect) }
        if document.realms.isEmpty {
            return BuiltInDialect.all.compactMap { realm($0.name) }
        }
        return document.realms.compactMap { realm($0.name) }
    }

    /// One realm that speaks the dialect of `--dialect`, named after it, with what the file says of a realm of that name.
    private mutating func alone(_ text: String) -> [RealmConfiguration] {
        let location = DialectLocation(text)
        let name = RealmName.derived(from: location)
        guard var realm = realm(name, speaking: location) else { return [] }
        if let port = options.port { realm.address.port = port }
        return [realm]
    }

    private mutating func realm(_ name: String, speaking chosen: DialectLocation? = nil) -> RealmConfiguration? {
        var dialect = chosen ?? .builtIn(name)
        if chosen == nil, let text = source.text("dialect", of: name) {
            dialect = DialectLocation(text)
            if case .file(let path) = dialect {
                dialect = .file(source.resolved(path, source.place(of: "dialect", in: name)))
            }
        }
        let port = source.integer("port", of: name) ?? defaultPort(name, dialect, alone: chosen != nil)
        var realm = RealmConfiguration(
            name: name, dialect: dialect, address: Configuration.Address(host: "127.0.0.1", port: port))
        if let host = source.text("host", of: name) { realm.address.host = host }
        realm.publicURL = source.text("public_url", of: name)
        realm.tls = tls(name)
        realm.trustedProxies = source.list("trusted_proxies", of: name) ?? []
        if let field = source.text("forwarded_field", of: name).flatMap(RealmConfiguration.ForwardedField.init) {
            realm.forwardedField = field
        }
        realm.corsOrigins = source.list("cors_origins", of: name)
        if let required = source.flag("require_https", of: name) { realm.requireHTTPS = required }
        if let signUp = source.text("sign_up", of: name) { realm.signUpOpen = signUp == "open" }
        realm.requireVerified = source.flag("require_verified", of: name)
        realm.refuseCommonPasswords = source.flag("refuse_common_passwords", of: name)
        realm.sessionLimit = source.integer("session_days", of: name).map { .days(Int64($0)) }
        exposure(realm)
        return realm
    }

    /// The port of a realm that has none written: its built-in dialect's, or 8080 for `--dialect FILE`.
    private mutating func defaultPort(_ name: String, _ dialect: DialectLocation, alone: Bool) -> Int {
        switch dialect {
        case .builtIn(let wanted):
            if let builtIn = BuiltInDialect.all.first(where: { $0.name == wanted }) { return builtIn.port }
            let names = BuiltInDialect.all.map(\.name)
            let hint = suggestion(for: wanted, among: names).map { " (did you mean `\($0)`?)" } ?? ""
            source.note(
                ConfigurationMistake(
                    source.place(of: "dialect", in: name),
                    "no built-in dialect `\(wanted)`\(hint): there are \(names.joined(separator: ", ")); "
                        + "the path of a file has a `/` or ends in `.yaml`"))
        case .file:
            if !alone, !source.isSet("port", in: name) {
                source.note(
                    ConfigurationMistake(
                        source.place(of: "port", in: name),
                        "realm `\(name)` needs a `port`: its dialect is a file, which has none of its own"))
            }
        }
        return 8_080
    }

    private mutating func tls(_ name: String) -> RealmConfiguration.TLSFiles? {
        switch (source.path("tls.certificate", of: name), source.path("tls.key", of: name)) {
        case (let certificate?, let key?): return RealmConfiguration.TLSFiles(certificate: certificate, key: key)
        case (nil, nil): return nil
        case (nil, _):
            source.note(
                ConfigurationMistake(
                    source.place(of: "tls.key", in: name), "`tls.key` needs `tls.certificate` beside it"))
        case (_, nil):
            source.note(
                ConfigurationMistake(
                    source.place(of: "tls.certificate", in: name), "`tls.certificate` needs `tls.key` beside it"))
        }
        return nil
    }

    /// Passwords in the clear on a network are the one thing that may not happen by oversight.
    private mutating func exposure(_ realm: RealmConfiguration) {
        guard !realm.address.isLoopback, realm.tls == nil, realm.trustedProxies.isEmpty, realm.requireHTTPS else {
            return
        }
        source.note(
            ConfigurationMistake(
                source.place(of: "host", in: realm.name),
                "realm `\(realm.name)` would take passwords over plain HTTP on `\(realm.address.host)`: "
                    + "give it `tls`, name the proxy in front of it in `trusted_proxies`, or say `require_https: false`"
            ))
    }

    /// Two listeners on one port.
    private mutating func clashes(_ configuration: Configuration) {
        var taken: [Int: String] = [:]
        if let admin = configuration.admin, admin.port != 0 { taken[admin.port] = "the admin listener" }
        for realm in configuration.realms where realm.address.port != 0 {
            if let other = taken[realm.address.port] {
                source.note(
                    ConfigurationMistake(
                        source.place(of: "port", in: realm.name),
                        "port \(realm.address.port) of realm `\(realm.name)` is already that of \(other)"))
            } else {
                taken[realm.address.port] = "realm `\(realm.name)`"
            }
        }
    }
}
