import ArgumentParser
import WatchwordCore
import WatchwordEngine
import WatchwordServer

struct AccountList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List accounts in the order of their creation.")

    @Option(help: "How many at most.") var limit: Int64 = 100
    @Option(help: "How many to leave out first.") var offset: Int64 = 0
    @OptionGroup var options: RealmOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard limit > 0, offset >= 0 else { throw ValidationError("--limit is at least 1, --offset at least 0") }
    }

    func run() async throws {
        try await options.withRealm { realm in
            let (accounts, total) = try await realm.administration.list(limit: limit, offset: offset)
            let kinds = try await realm.administration.passwordKinds(of: accounts.map(\.id))
            output.list(zip(accounts, kinds).map { KeptAccount(shown: $0, password: $1) })
            if total > Int64(accounts.count), !output.json { Output.error("\(accounts.count) of \(total)") }
        }
    }
}
