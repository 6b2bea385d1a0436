import Logging
import Synchronization
import UnixSignals
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordServer

/// The five realms in this process, on free ports and a folder of their own.
struct RunningServer: Sendable {
    var instance: Instance
    var ports: [String: Int]

    func client(_ realm: String) -> Client { Client(port: ports[realm] ?? 0) }

    static func configuration(in directory: TemporaryDirectory) throws -> Configuration {
        var configuration = try Configuration.load(bytes: [], file: "watchword.yaml")
        configuration.dataDirectory = directory.file("data")
        configuration.admin?.port = 0
        // As little as Argon2 takes: what it costs is measured elsewhere.
        configuration.hashing.memoryKiB = 64
        configuration.hashing.iterations = 1
        configuration.hashing.lanes = 1
        for index in configuration.realms.indices { configuration.realms[index].address.port = 0 }
        return configuration
    }

    /// Serves until `body` is done, then shuts down; gives what was logged.
    @discardableResult
    static func with(
        _ configuration: Configuration, environment: [String: String] = [:], reloadSignal: UnixSignal? = nil,
        _ body: @escaping @Sendable (RunningServer) async throws -> Void
    ) async throws -> [String] {
        let lines = Lines()
        var log = configuration.log
        log.level = .info
        let logger = Logger(label: "watchword") { [log] label in
            LineLogHandler(label: label, log: log, clock: SystemClock()) { lines.take($0) }
        }
        let instance = try await Instance(configuration, environment: environment)
        let (ready, arrived) = AsyncStream.makeStream(of: [String: Int].self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await Server(instance, logger: logger).run(signals: [], reloadSignal: reloadSignal) {
                    arrived.yield($0)
                }
            }
            group.addTask {
                for await ports in ready {
                    try await body(RunningServer(instance: instance, ports: ports))
                    return
                }
            }
            // Whichever ends first ends the other: the body the server, or a server that cannot start the body.
            defer { group.cancelAll() }
            try await group.next()
        }
        return lines.all
    }

    final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        func take(_ line: [UInt8]) { lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) } }
        var all: [String] { lines.withLock { $0 } }
    }
}
