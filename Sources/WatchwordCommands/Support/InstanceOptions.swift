import ArgumentParser
import FoundationEssentials
import WatchwordCore
import WatchwordServer

/// Which installation a command is about.
struct InstanceOptions: ParsableArguments {
    @Option(name: .customLong("config"), help: ArgumentHelp("The configuration file.", valueName: "file"))
    var file: String?

    @Option(name: .customLong("data"), help: ArgumentHelp("The data directory.", valueName: "directory"))
    var dataDirectory: String?

    var environment: [String: String] { ProcessInfo.processInfo.environment }

    func configuration(dialect: String? = nil, port: Int? = nil) throws -> Configuration {
        try Configuration.load(
            ConfigurationOptions(file: file, dataDirectory: dataDirectory, dialect: dialect, port: port),
            environment: environment)
    }

    /// Everything opened, for a command that ends soon: hashing takes one lane only.
    func open() async throws -> Instance {
        var configuration = try configuration()
        configuration.hashing.lanes = 1
        return try await Instance(configuration, environment: environment)
    }
}

/// Which realm a command is about.
struct RealmOptions: ParsableArguments {
    @OptionGroup var instance: InstanceOptions

    @Option(help: ArgumentHelp("The realm; needed where several are configured.", valueName: "name"))
    var realm: String?

    /// Does `body` with the realm, then closes the database.
    func withRealm<Result>(_ body: (OpenRealm) async throws -> Result) async throws -> Result {
        try await withInstance { _, realm in try await body(realm) }
    }

    /// The same with all that is open.
    func withInstance<Result>(_ body: (Instance, OpenRealm) async throws -> Result) async throws -> Result {
        let open = try await instance.open()
        let realm = try open.realm(realm)
        let result: Result
        do { result = try await body(open, realm) } catch let fault as Fault {
            throw StartFailure(fault)
        }
        try await open.close()
        return result
    }
}
