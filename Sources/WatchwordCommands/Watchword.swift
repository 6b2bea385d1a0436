import ArgumentParser
import WatchwordClient
import WatchwordCore
import WatchwordExchange
import WatchwordServer

/// The command line: nouns and their verbs.
public struct Watchword: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "watchword",
        abstract: "Speak any existing auth API from one hardened engine.",
        discussion: """
            `watchword serve` needs no configuration: it runs five of the built-in dialects on loopback, with an \
            embedded database in ./data. Every other command works beside a running server on the same database.
            """,
        version: Version.text,
        subcommands: [
            Serve.self, Config.self, DialectCommand.self, AccountCommand.self, KeyCommand.self, SessionCommand.self,
            AgentCommand.self, ConnectionCommand.self, TerminalCommand.self, SigningKeyCommand.self, TokenCommand.self,
            AuditCommand.self, MailCommand.self, PagesCommand.self, Backup.self, VersionCommand.self,
        ])

    public init() {}

    /// Runs the command that the arguments name, and ends the process: with 0, or with a code of sysexits.h
    /// and one screen on standard error that says what is wrong and how to mend it.
    public static func run() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as StartFailure {
            Output.error(failure.description)
            exit(withError: ExitCode(failure.exit.rawValue))
        } catch let mistakes as ConfigurationMistakes {
            Output.error(mistakes.description)
            exit(withError: ExitCode(StartFailure.ExitCode.configuration.rawValue))
        } catch let mistake as ExchangeMistake {
            Output.error(mistake.description)
            exit(withError: ExitCode(StartFailure.ExitCode.data.rawValue))
        } catch {
            exit(withError: error)
        }
    }
}
