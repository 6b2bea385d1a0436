import ArgumentParser
import FoundationEssentials
import Logging
import WatchwordCore
import WatchwordEngine
import WatchwordExchange
import WatchwordServer

struct DialectCompare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Run exchange files against a dialect and an existing server, and tell where they differ.",
        discussion: """
            The dialect is served on a database of its own that is thrown away. Ids, tokens and times need only be of \
            one kind; the claims of JWTs are compared. A difference that is to stay is declared in a file of lines \
            `FILES | PLACES | REASON`, in which `*` stands for any characters. Exits 1 if anything else differs.
            """)

    @Argument(help: "A built-in dialect's name, or a file.") var dialect: String

    @Argument(help: ArgumentHelp("Exchange files, or folders of them.", valueName: "file"))
    var files: [String]

    @Option(help: ArgumentHelp("The existing server: http://127.0.0.1:8000.", valueName: "url"))
    var against: String

    @Option(help: ArgumentHelp("The folder in which it writes its messages, for links.", valueName: "folder"))
    var theirMail: String?

    @Option(help: ArgumentHelp("Differences that are to stay.", valueName: "file"))
    var tolerate: String?

    @Flag(help: "Show what is tolerated as well.") var verbose = false

    func run() async throws {
        let exchanges = try ExchangeFolder.read(files)
        let tolerances = try tolerate.map { try Tolerance.read(try ExchangeFolder.text($0), name: $0) } ?? []
        let name = TextEncoding.hex.encode(SystemRandom().bytes(8))
        let place = FileManager.default.temporaryDirectory.appending(path: "watchword-compare-\(name)")
        defer { try? FileManager.default.removeItem(at: place) }
        let mail = place.path + "/mail"
        var configuration = try Configuration.load(
            ConfigurationOptions(file: nil, dataDirectory: place.path, dialect: dialect, port: 0), environment: [:])
        configuration.admin = nil
        configuration.mail.transport = .file
        configuration.mail.directory = mail
        // Every refusal of a file is to be the contract's.
        configuration.throttle = .off
        let instance = try await Instance(configuration, environment: ProcessInfo.processInfo.environment)
        let (theirs, theirMail, showing) = (CurlClient(origin: against), theirMail, verbose)

        let report = try await Rehearsal.serving(instance) { port in
            let comparer = Comparer(
                ours: CurlClient(origin: "http://127.0.0.1:\(port)"), theirs: theirs, ourMail: Mailbox(folder: mail),
                theirMail: theirMail.map { Mailbox(folder: $0) }, random: SystemRandom())
            return await comparer.compare(exchanges, tolerating: tolerances)
        }
        Output.line(report.text(showingTolerated: showing))
        if !report.isSame { throw ExitCode.failure }
    }
}

/// A server for the length of one task.
enum Rehearsal {
    static func serving<Result: Sendable>(
        _ instance: Instance, _ body: @escaping @Sendable (Int) async throws -> Result
    ) async throws -> Result {
        let logger = Logger(label: "watchword") { _ in SwiftLogNoOpLogHandler() }
        let (ready, arrived) = AsyncStream.makeStream(of: Int.self)
        // The server and its one client: both have ended when this returns, so no task outlives its scope.
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                try await Server(instance, logger: logger).run(signals: []) { ports in
                    arrived.yield(ports.values.first ?? 0)
                }
                return nil
            }
            group.addTask {
                for await port in ready { return try await body(port) }
                return nil
            }
            // Whichever ends first ends the other.
            defer { group.cancelAll() }
            for try await result in group { if let result { return result } }
            throw CancellationError()
        }
    }
}

/// Exchange files by their paths.
enum ExchangeFolder {
    static func text(_ path: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw StartFailure(.noSuch, "there is no file \(path)", mend: "name another")
        }
        return String(decoding: data, as: UTF8.self)
    }

    /// Each file with its name without `.http`, in the order of names.
    static func read(_ paths: [String]) throws -> [(name: String, file: ExchangeFile)] {
        var files: [String] = []
        for path in paths {
            var isFolder = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw StartFailure(.noSuch, "there is no file \(path)", mend: "name another")
            }
            guard isFolder else {
                files.append(path)
                continue
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".http") }
            files += names.sorted().map { "\(path)/\($0)" }
        }
        return try files.map { path in
            let name = path.split(separator: "/").last.map(String.init) ?? path
            let file = try ExchangeFile(try text(path), name: path)
            return (name.hasSuffix(".http") ? String(name.dropLast(5)) : name, file)
        }
    }
}
