import ArgumentParser
import WatchwordDialect
import WatchwordServer

struct DialectReload: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload", abstract: "Have the running server read its dialect files again.",
        discussion: """
            Asks the admin listener of the configuration, from the same machine; a realm whose files have a mistake, or \
            change what a running realm rests on, keeps its old dialects, and the command exits 65. SIGHUP does the same \
            and tells the log.
            """)

    @OptionGroup var options: InstanceOptions

    func run() async throws {
        let answer = try await AdminDoor(options).ask("POST", "/reload", statuses: [200, 422])
        Output.write(String(decoding: answer.body, as: UTF8.self), to: answer.status == 200 ? 1 : 2)
        if answer.status == 422 { throw ExitCode(StartFailure.ExitCode.data.rawValue) }
    }
}
