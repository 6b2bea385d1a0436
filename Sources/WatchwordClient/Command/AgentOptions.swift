import ArgumentParser
import Glibc
import NIOCore
import NIOPosix
import UnixSignals
import WatchwordCore
import WatchwordRelay

/// What the agent's program is told, and how it runs: the same for `vsay-agent` and `watchword agent connect`.
public struct AgentOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The API key. Others on this machine can see it until the program has hidden it: rather use --token-file or the variable VSAY_TOKEN.",
            valueName: "key"))
    var token: String?

    @Option(help: ArgumentHelp("A file that holds the API key on its first line.", valueName: "file"))
    var tokenFile: String?

    @Option(
        help: ArgumentHelp(
            "The server: a name, name:port, or a URL. https unless it says otherwise.", valueName: "host"))
    var host: String

    @Option(help: ArgumentHelp("What to call this machine. (default: its host name)", valueName: "name"))
    var name: String?

    @Flag(help: "Speak http without TLS, which is allowed to this machine only.")
    var insecure = false

    @Option(help: ArgumentHelp("Trust the certificates of this PEM file instead of the system's.", valueName: "file"))
    var ca: String?

    @Flag(help: "Offer no terminals: only be online.")
    var noTerminal = false

    @Option(help: ArgumentHelp("The program of a terminal. (default: the user's login shell)", valueName: "path"))
    var shell: String?

    @Option(
        help: ArgumentHelp(
            "Where to remember which agent this machine is. (default: $XDG_STATE_HOME/vsay-agent/state.json, or /var/lib/vsay-agent/state.json for root)",
            valueName: "file"))
    var state: String?

    @Option(
        help: ArgumentHelp("The dialect that the server speaks: a built-in's name, or a file.", valueName: "dialect"))
    var dialect = "vsay"

    public init() {}

    static let discussion = """
        The first start registers this machine as an agent of the key's account; later ones are the same machine again. \
        It stays connected, and connects again with growing pauses where the connection is lost.

        SIGTERM and SIGINT end it with 0. It ends by itself only where starting it again changes nothing: 69 the agent \
        was removed or its place was taken, 73 the state file cannot be used, 77 the key is not taken or was revoked, \
        78 a flag, the host or the dialect cannot be used (64: it is not a flag).
        """

    /// Runs until it is told to stop or cannot go on, which it says on standard error.
    ///
    /// Throws `ExitCode` for the codes of `discussion`.
    public func run(as program: String) async throws {
        do {
            let log = AgentLog(clock: MachineClock())
            let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
            let agent = try prepare(log, group)
            try await Self.untilStopped(agent, log)
            try await group.shutdownGracefully()
        } catch let failure as AgentFailure {
            FileBytes.say("\(program): \(failure.text)")
            throw ExitCode(failure.exit.rawValue)
        }
    }

    private func prepare(_ log: AgentLog, _ group: any EventLoopGroup) throws -> AgentProgram {
        let environment = Machine.environment([KeySource.variable] + StatePlace.variables)
        let key = try KeySource(token: token, file: tokenFile, environment: environment).read(log)
        let contract = try AgentContract.read(dialect)
        let address = try ServerAddress(host, insecure: insecure)
        let dial = try ServerDial(address, trusting: ca, on: group)
        var file: StateFile?
        if contract.registration != nil {
            file = try StateFile(try state ?? StatePlace.usual(environment: environment, isRoot: getuid() == 0))
        }
        let terminals: any TerminalHost
        do {
            terminals = noTerminal ? NoTerminals() : try PseudoTerminals(shell: shell)
        } catch {
            throw AgentFailure(
                .configuration, "no terminals can be had: \(error.reason): see --shell and --no-terminal")
        }
        return AgentProgram(
            contract: contract, dial: dial, key: key,
            hello: AgentHello(
                version: Version.text, name: name ?? Machine.name, platform: Machine.platform, terminal: !noTerminal),
            state: file, host: terminals, pace: SystemPace(),
            random: SystemRandom(), log: log)
    }

    private static func untilStopped(_ agent: AgentProgram, _ log: AgentLog) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
            // A signal is waited for beside the work, which it ends.
            group.addTask { try await agent.run() }
            group.addTask {
                for await _ in signals {
                    log("stopping")
                    break
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
