import ArgumentParser
import WatchwordCore
import WatchwordEngine
import WatchwordServer

struct ConnectionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "connection", abstract: "See and end the open sockets of a running server.",
        discussion: "Asks the admin listener of the configuration, from the same machine.",
        subcommands: [ConnectionList.self, ConnectionClose.self])
}

/// Which sockets of a realm are meant.
struct ConnectionOptions: ParsableArguments {
    @OptionGroup var options: RealmOptions
    @Option(
        help: ArgumentHelp("Those of this account: its id, email or username.", valueName: "account"))
    var account: String?
    @Option(help: ArgumentHelp("Those of this agent.", valueName: "id")) var agent: String?

    /// The name of the realm that is meant; nothing where none is and several are configured.
    func realm() throws -> String? {
        let names = try options.instance.configuration().realms.map(\.name)
        if let realm = options.realm, !names.contains(realm) {
            throw StartFailure(
                .noSuch, "there is no realm `\(Text.safe(realm))`", mend: "there are \(names.joined(separator: ", "))")
        }
        return options.realm ?? (names.count == 1 ? names[0] : nil)
    }

    /// The id of the account that is named.
    func accountID() async throws -> String? {
        guard let account else { return nil }
        return try await options.withRealm { realm in
            try await realm.administration.find(AccountReference(account))
                .granted("account `\(Text.safe(account))`").id.text
        }
    }
}
