import ArgumentParser
import WatchwordCore
import WatchwordDialect
import WatchwordServer

struct ConnectionClose: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close",
        abstract: "End open sockets: one by its number, or those of an account, an agent, a realm.",
        discussion: "Prints how many were ended. A client that may connect still may do so again.")

    @Argument(help: "The connection's number.") var number: UInt64?
    @OptionGroup var which: ConnectionOptions
    @Flag(help: "Every one of the realm.") var all = false

    func validate() throws {
        let ways = [number != nil, which.account != nil, which.agent != nil, all].filter { $0 }
        guard ways.count == 1 else { throw ValidationError("give a number, --account, --agent or --all") }
    }

    func run() async throws {
        let answer = try await AdminDoor(which.options.instance).ask(
            "POST", "/connections/close", body: try await choice())
        let text = String(decoding: answer.body, as: UTF8.self)
        Output.write(text, to: 1)
        if text == "0\n" { throw ExitCode(StartFailure.ExitCode.noSuch.rawValue) }
    }

    private func choice() async throws -> Value {
        if let number { return .object([Value.Member("number", .int(Int64(clamping: number)))]) }
        guard let realm = try which.realm() else {
            throw StartFailure(.usage, "several realms are configured", mend: "name one with --realm")
        }
        let chosen: Value.Member
        if let account = try await which.accountID() {
            chosen = Value.Member("account", .string(account))
        } else if let agent = which.agent {
            chosen = Value.Member("agent", .string(agent))
        } else {
            chosen = Value.Member("all", .bool(true))
        }
        return .object([Value.Member("realm", .string(realm)), chosen])
    }
}
