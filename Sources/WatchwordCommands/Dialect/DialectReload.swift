import ArgumentParser
import WatchwordDialect
import WatchwordExchange
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
        guard var admin = try options.configuration().admin else {
            throw StartFailure(
                .configuration, "the server has no admin listener to ask",
                mend: "set admin.enabled, or send the server SIGHUP and read its log")
        }
        if admin.host == "0.0.0.0" || admin.host == "::" { admin.host = "127.0.0.1" }
        let client = CurlClient(origin: "http://\(admin.authority)")
        let answer: WireResponse
        do {
            answer = try await client.send(WireRequest(method: "POST", path: "/reload"))
        } catch let failure as CurlClient.Failure {
            throw StartFailure(
                .unavailable, "no server answers at \(admin.authority): \(failure.description)",
                mend: "start it with `watchword serve`, or name its configuration with --config")
        }
        let text = String(decoding: answer.body, as: UTF8.self)
        switch answer.status {
        case 200: Output.write(text, to: 1)
        case 422:
            Output.write(text, to: 2)
            throw ExitCode(StartFailure.ExitCode.data.rawValue)
        default:
            throw StartFailure(
                .unavailable, "the admin listener at \(admin.authority) answered \(answer.status)",
                mend: "run the command on the server's machine, not through a proxy")
        }
    }
}
