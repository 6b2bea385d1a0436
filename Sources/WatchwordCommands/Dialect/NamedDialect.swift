import ArgumentParser
import FoundationEssentials
import WatchwordBuiltIn
import WatchwordDialect
import WatchwordServer

/// The dialect that a command is about, and where it would be served.
struct NamedDialect: ParsableArguments {
    @Argument(help: "A built-in's name, or a file.") var dialect: String

    @Option(help: "The origin that examples name, such as https://auth.example.com.") var url: String?

    /// Throws `StartFailure` with every mistake of the file.
    func read() throws -> Dialect { try Self.reading(dialect).dialect }

    var baseURL: String {
        let port = BuiltInDialect.all.first { $0.name == dialect }?.port ?? 8_080
        return url ?? "http://localhost:\(port)"
    }

    static func reading(_ name: String) throws -> DialectReading {
        let environment = RealmEnvironment(ProcessInfo.processInfo.environment, realm: "")
        return try DialectReading(DialectLocation(name), environment: environment)
    }
}
