import ArgumentParser
import FoundationEssentials
import Logging
import ServiceLifecycle
import UnixSignals
import WatchwordCore
import WatchwordExchange
import WatchwordServer

struct DialectRecord: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record", abstract: "Stand between a client and an existing server, and write down what passes.",
        discussion: """
            Point the client at the address listened on. Everything is passed on to the upstream as it is, and written \
            as one exchange file (docs/reference/exchanges.md) that `dialect compare` runs again. Passwords, tokens, \
            keys and cookies are replaced before anything is written; addresses and usernames become names that are \
            new in each run. Ctrl-C ends it.
            """)

    @Option(help: ArgumentHelp("The server to record: http://127.0.0.1:8000.", valueName: "url"))
    var upstream: String

    @Option(help: ArgumentHelp("Where to listen.", valueName: "host:port"))
    var listen = "127.0.0.1:8790"

    @Option(help: ArgumentHelp("The file to write; it must not exist.", valueName: "file"))
    var into = "recorded.http"

    func run() async throws {
        guard upstream.hasPrefix("http://") || upstream.hasPrefix("https://") else {
            throw ValidationError("--upstream is a URL: http://127.0.0.1:8000")
        }
        guard let colon = listen.lastIndex(of: ":"), let port = Int(listen[listen.index(after: colon)...]),
            (0...65_535).contains(port)
        else { throw ValidationError("--listen is a host and a port: 127.0.0.1:8790") }
        guard !FileManager.default.fileExists(atPath: into) else {
            throw StartFailure(
                .cannotCreate, "\(into) is there already", mend: "remove it, or name another with --into")
        }
        let path = into
        let recorder = Recorder(
            upstream: CurlClient(origin: upstream), comments: ["Recorded from \(upstream)."],
            write: { file in try Data("\(file)".utf8).write(to: URL(filePath: path), options: .atomic) },
            told: { Output.line($0) })
        let (host, origin) = (String(listen[..<colon]), upstream)
        let logger = Logger(label: "watchword") { _ in SwiftLogNoOpLogHandler() }
        let service = try recorder.service(host: host, port: port, clock: SystemClock(), logger: logger) { port in
            Output.line("Listening on http://\(host):\(port) for \(origin); writing \(path). Ctrl-C ends it.")
        }
        do {
            try await ServiceGroup(services: [service], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
                .run()
        } catch {
            throw StartFailure(.unavailable, "\(error)", mend: "choose another address with --listen")
        }
    }
}
