import Synchronization
import WatchwordBuiltIn
import WatchwordCore
import WatchwordDialect
import WatchwordRelay
import WatchwordTestKit

@testable import WatchwordClient

/// What the agent's program said, line by line.
final class Lines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }
    func contain(_ part: String) -> Bool { all.contains { $0.contains(part) } }
    func count(_ part: String) -> Int { all.count { $0.contains(part) } }

    /// With a clock that stands still.
    var log: AgentLog { AgentLog(clock: TestClock()) { line in self.lines.withLock { $0.append(line) } } }
}

/// The program as a test runs it.
struct AgentBench {
    let pace = TestPace()
    let lines = Lines()
    let directory: TemporaryDirectory
    var contract: AgentContract
    var host: any TerminalHost = NoTerminals()

    static let key = "key-of-the-test-0123456789"

    init(_ contract: AgentContract? = nil) throws {
        directory = try TemporaryDirectory()
        self.contract = try contract ?? .vsay()
    }

    func program(_ server: FakeServer) throws -> AgentProgram {
        AgentProgram(
            contract: contract, dial: try ServerDial(try server.address, on: FakeServer.group),
            key: Secret(Self.key),
            hello: AgentHello(version: "1.2.3", name: "build-7", platform: "linux test", terminal: true),
            state: contract.registration == nil ? nil : try StateFile(directory.file("state.json")), host: host,
            pace: pace, random: SeededRandom(), log: lines.log)
    }

    /// Runs the program until it fails for good, which it gives, while the server does as it is told.
    func failure(
        against script: FakeServer.Script, _ meanwhile: @escaping @Sendable (FakeServer) async throws -> Void = { _ in }
    )
        async throws -> AgentFailure
    {
        try await FakeServer.with(script) { server in
            try await withThrowingTaskGroup(of: Void.self) { group in
                let program = try program(server)
                // What the test does meanwhile is beside the program.
                group.addTask { try await meanwhile(server) }
                defer { group.cancelAll() }
                do { try await program.run() } catch let failure as AgentFailure { return failure }
            }
        }
    }

    /// Runs the program until `enough` is through, then stops it as a signal does.
    func run(
        against script: FakeServer.Script, until enough: @escaping @Sendable (FakeServer) async throws -> Void
    ) async throws {
        try await FakeServer.with(script) { server in
            try await run(against: server) { try await enough(server) }
        }
    }

    func run(against server: FakeServer, until enough: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            let program = try program(server)
            // The program runs beside what the test waits for.
            group.addTask { do { try await program.run() } catch is CancellationError {} }
            group.addTask { try await enough() }
            _ = try await group.next()
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}

extension AgentContract {
    /// The built-in dialect with the socket of an agent.
    static func vsay() throws -> AgentContract {
        try of(
            """
            dialect: 1
            name: house
            version: "1"
            extends: vsay
            sockets:
              /api/agents/{agent_id}/ws:
                do: connect_agent
                auth: agent
                owns: {agent: path.agent_id}
                relay: user
            """)
    }

    static func of(_ text: String) throws -> AgentContract {
        let loading = Dialect.load(
            text: text, file: "test.yaml",
            extending: { name in BuiltInDialect.all.first { $0.name == name }.map { Array($0.text.utf8) } },
            environment: { _ in nil })
        guard let dialect = loading.dialect else { throw Unreadable(diagnostics: loading.diagnostics) }
        return try AgentContract(dialect)
    }

    struct Unreadable: Error { var diagnostics: [Diagnostic] }
}

/// Tells one task that another has come so far.
final class Mark: Sendable {
    private let stream = AsyncStream.makeStream(of: Void.self)
    func reached() { stream.continuation.finish() }
    func wait() async { for await _ in stream.stream {} }
}
