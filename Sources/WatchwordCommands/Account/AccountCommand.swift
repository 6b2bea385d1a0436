import ArgumentParser

struct AccountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Create, show and change accounts.",
        discussion:
            "An account is named by its id, address or username; `id:`, `email:` and `username:` before it say which.",
        subcommands: [
            AccountCreate.self, AccountList.self, AccountShow.self, AccountSet.self, AccountPassword.self,
            AccountDisable.self, AccountEnable.self, AccountDelete.self, AccountImportCommand.self,
            AccountExportCommand.self, AccountHashes.self,
        ])
}

/// The account that a command is about.
struct AccountArgument: ParsableArguments {
    @Argument(help: "The account: its id, address or username.")
    var account: String

    @OptionGroup var options: RealmOptions
}
