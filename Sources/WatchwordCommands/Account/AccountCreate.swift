import ArgumentParser
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordServer

struct AccountCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Create an account.",
        discussion: """
            The password is asked for without echo, or read as the first line of standard input. \
            No mail is sent, and it does not matter whether sign-up is open.
            """)

    @Option(help: "The address.") var email: String?
    @Option(help: "The username.") var username: String?
    @Option(help: "The name for display.") var name: String?
    @Option(help: "One of the realm's roles.") var role: String?
    @Flag(help: "Take the address as verified.") var verified = false
    @Flag(help: "Set no password: nobody can sign in until one is set or reset.") var noPassword = false
    @Option(
        name: .customLong("field"),
        help: ArgumentHelp("One of the dialect's typed fields; may be repeated.", valueName: "name=value"))
    var fields: [String] = []

    @OptionGroup var options: RealmOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await options.withRealm { realm in
            let fields = try Assignment.fields(fields, realm.dialect.terms.accounts)
            let password = noPassword ? nil : try PasswordEntry.read()
            let new = NewAccount(
                email: email, username: username, name: name, password: password, role: role,
                emailVerified: verified, fields: fields)
            let (account, key) = try await realm.administration.create(new).granted("the account")
            output.show(account)
            if let secret = key?.secret, !output.json { Output.error("API key, shown this once: \(secret.revealed)") }
        }
    }
}
