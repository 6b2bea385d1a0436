import ArgumentParser
import Glibc
import NIOCore
import NIOPosix
import WatchwordCore

/// `watchword terminal`: a person's terminal on one of their agents.
public struct TerminalCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "terminal", abstract: "Open a terminal on an agent.",
        discussion: """
            Signs in as `--user`, whose password is asked for on the terminal, or with a token of --token-file or the \
            variable WATCHWORD_TOKEN. At the start of a line `~.` leaves, `~~` types a tilde, `~?` shows help.

            Where the input is no terminal, it is typed as it is, and after its end Ctrl-D until the program ends; what is shown is what a \
            terminal shows, the prompt and the typed line among it.

            Exits with the status of the program, 128 and the number of the signal that ended it, or 255 where there is \
            no terminal, or none any more.
            """)

    /// The variable that may hold the token.
    static let variable = "WATCHWORD_TOKEN"
    private static let longestToken = 16_384

    @Argument(help: "The agent: its id or its name.")
    var agent: String

    @Option(
        help: ArgumentHelp(
            "The server: a name, name:port, or a URL. https; http:// to this machine only.", valueName: "host"))
    var host: String

    @Option(
        help: ArgumentHelp("The dialect that the server speaks: a built-in's name, or a file.", valueName: "dialect"))
    var dialect = "vsay"

    @Option(help: ArgumentHelp("Sign in as this account: its address or username.", valueName: "name"))
    var user: String?

    @Option(help: ArgumentHelp("A file that holds an access token on its first line.", valueName: "file"))
    var tokenFile: String?

    @Option(help: ArgumentHelp("Trust the certificates of this PEM file instead of the system's.", valueName: "file"))
    var ca: String?

    public init() {}

    public func run() async throws {
        do {
            // Output that nobody takes is an end like any other.
            signal(SIGPIPE, SIG_IGN)
            let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
            let (result, signal) = try await prepared(group).run()
            try await group.shutdownGracefully()
            if let signal { throw ExitCode(128 + signal) }
            if case .failed(let failure) = result { throw failure }
            if result.exitCode != 0 { throw ExitCode(result.exitCode) }
        } catch let failure as TerminalFailure {
            FileBytes.say("watchword terminal: \(failure.text)")
            throw ExitCode(255)
        } catch let failure as AgentFailure {
            FileBytes.say("watchword terminal: \(failure.text)")
            throw ExitCode(255)
        } catch let refused as TerminalRefused {
            FileBytes.say("watchword terminal: \(refused.reason)")
            throw ExitCode(255)
        }
    }

    private func prepared(_ group: any EventLoopGroup) throws -> PersonProgram {
        let proof = try proof()
        let contract = try TerminalContract(try DialectFile.read(dialect))
        // http is written on purpose, and taken for this machine only.
        let address = try ServerAddress(host, insecure: host.lowercased().hasPrefix("http://"))
        let server = PersonServer(
            contract: contract, dial: try ServerDial(address, trusting: ca, on: group), pace: SystemPace())
        return PersonProgram(server: server, agent: agent, proof: proof, local: try LocalTerminal())
    }

    private func proof() throws -> PersonProgram.Proof {
        if let tokenFile {
            guard user == nil else { throw TerminalFailure("--user and --token-file both say who you are: give one") }
            guard let bytes = FileBytes.read(tokenFile, atMost: Self.longestToken) else {
                throw TerminalFailure("--token-file \(tokenFile) cannot be read: \(String(cString: strerror(errno)))")
            }
            let line = String(decoding: bytes.prefix { $0 != 10 && $0 != 13 }, as: UTF8.self)
            return .token(try Self.token(line, from: "--token-file \(tokenFile)"))
        }
        if let user { return .user(user) }
        guard let text = Machine.environment([Self.variable])[Self.variable] else {
            throw TerminalFailure("say who you are: --user NAME, --token-file FILE or the variable \(Self.variable)")
        }
        return .token(try Self.token(text, from: Self.variable))
    }

    private static func token(_ text: String, from place: String) throws -> Secret {
        let token = Identifier.trimmed(text)
        guard !token.isEmpty, token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw TerminalFailure("\(place) holds no token: copy it whole, as one line")
        }
        return Secret(token)
    }
}
