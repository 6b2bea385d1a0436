import ArgumentParser
import WatchwordCore
import WatchwordEngine
import WatchwordServer

struct MailList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List messages, newest first.")

    @Flag(help: "Only those that were given up.") var dead = false
    @Option(help: "How many at most.") var limit: Int64 = 50
    @OptionGroup var options: RealmOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit is at least 1") }
    }

    func run() async throws {
        try await options.withRealm { realm in
            let (limit, dead) = (limit, dead)
            output.list(
                try await realm.engine.store.read { store in
                    dead ? try store.deadMails(limit: limit) : try store.mails(limit: limit)
                })
        }
    }
}
