import ArgumentParser
import WatchwordCore
import WatchwordEngine
import WatchwordServer

extension AccountArgument {
    var reference: AccountReference { AccountReference(account) }
    var subject: String { "account `\(Text.safe(account))`" }
}

struct AccountShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show an account.")

    @OptionGroup var argument: AccountArgument
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await argument.options.withRealm { realm in
            let summary = try await realm.administration.show(argument.reference).granted(argument.subject)
            let kinds = try await realm.administration.passwordKinds(of: [summary.account.id])
            output.show(KeptAccount(shown: summary, password: kinds.first ?? .none))
        }
    }
}

struct AccountDisable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable", abstract: "Shut an account out: its sessions end, and none of its keys opens anything.")

    @OptionGroup var argument: AccountArgument
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await argument.options.withRealm { realm in
            output.show(try await realm.administration.disable(argument.reference).granted(argument.subject))
        }
    }
}

struct AccountEnable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enable", abstract: "Let a disabled account in again.")

    @OptionGroup var argument: AccountArgument
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await argument.options.withRealm { realm in
            output.show(try await realm.administration.enable(argument.reference).granted(argument.subject))
        }
    }
}

struct AccountDelete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Remove an account with everything that hangs on it but its audit events.")

    @OptionGroup var argument: AccountArgument
    @Flag(help: "Do not ask.") var yes = false
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await argument.options.withRealm { realm in
            if !yes { try Confirmation.ask("Delete \(argument.subject) of realm \(realm.name)?") }
            output.show(try await realm.administration.delete(argument.reference).granted(argument.subject))
        }
    }
}

struct AccountPassword: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "password", abstract: "Set an account's password; every session of it ends.",
        discussion: "The password is asked for without echo, or read as the first line of standard input.")

    @OptionGroup var argument: AccountArgument
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await argument.options.withRealm { realm in
            _ = try await realm.administration.find(argument.reference).granted(argument.subject)
            let password = try PasswordEntry.read()
            output.show(
                try await realm.administration.setPassword(password, of: argument.reference).granted(argument.subject))
        }
    }
}
