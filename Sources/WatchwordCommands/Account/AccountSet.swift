import ArgumentParser
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordServer

struct AccountSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Set things of an account: all of them, or none.",
        discussion: """
            email, username, name, role, verified, usage_count, usage_limit, and the dialect's typed fields. \
            Nothing behind the `=` takes away what may be absent; `null` puts a field back to its first value.
            """)

    @OptionGroup var argument: AccountArgument
    @Argument(help: ArgumentHelp("What to set.", valueName: "name=value"))
    var assignments: [String]
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if assignments.isEmpty { throw ValidationError("say what to set: name=value") }
    }

    func run() async throws {
        try await argument.options.withRealm { realm in
            let changes = try assignments.map { try Assignment($0).change(realm.dialect.terms.accounts) }
            output.show(
                try await realm.administration.set(changes, of: argument.reference).granted(argument.subject))
        }
    }
}
