import ArgumentParser
import WatchwordCore
import WatchwordEngine
import WatchwordServer

struct SessionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "session", abstract: "List and revoke sessions.",
        subcommands: [SessionList.self, SessionRevoke.self])
}

extension Session: Displayable {
    static var columns: [String] { ["id", "method", "address", "created", "expires", "user agent"] }

    var row: [String] {
        [id.text, method, Text.of(address), Text.of(createdAt), Text.of(expiresAt), Text.of(userAgent)]
    }

    var facts: [(name: String, value: Value)] {
        [
            ("id", .string(id.text)), ("account_id", .string(accountID.text)), ("method", .string(method)),
            ("address", Value(address)), ("user_agent", Value(userAgent)), ("created_at", Value(createdAt)),
            ("expires_at", Value(expiresAt)), ("ended_at", Value(ended?.at)),
            ("ended_by", Value(ended?.reason.rawValue)),
        ]
    }
}

struct SessionList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List an account's live sessions.")

    @OptionGroup var argument: AccountArgument
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await argument.options.withRealm { realm in
            output.list(try await realm.administration.sessions(of: argument.reference).granted(argument.subject))
        }
    }
}

struct SessionRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "End a session with all its tokens, or every session of an account.")

    @Argument(help: "The session's id.") var id: String?
    @Option(help: "End every session of this account.") var account: String?
    @OptionGroup var options: RealmOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (id == nil) != (account == nil) else { throw ValidationError("give a session's id, or --account") }
    }

    func run() async throws {
        try await options.withRealm { realm in
            if let account {
                let count = try await realm.administration.revokeSessions(of: AccountReference(account))
                    .granted("account `\(Text.safe(account))`")
                output.json
                    ? Output.json(.object([Value.Member("revoked", .int(Int64(count)))])) : Output.line("\(count)")
            } else if let id {
                output.show(
                    try await realm.administration.revokeSession(Session.ID(id)).granted("live session `\(id)`"))
            }
        }
    }
}
