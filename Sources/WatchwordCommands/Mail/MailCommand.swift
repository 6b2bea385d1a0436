import ArgumentParser
import WatchwordCore
import WatchwordEngine
import WatchwordMail
import WatchwordServer

struct MailCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail", abstract: "List and show messages of the outbox.",
        subcommands: [MailList.self, MailShow.self])
}

extension Mail: Displayable {
    static var columns: [String] { ["id", "kind", "to", "state", "attempts", "created", "last error"] }

    var state: String { sentAt != nil ? "sent" : dead ? "dead" : "due" }

    var row: [String] {
        [
            id.text, kind.rawValue, Text.of(recipient), state, String(attempts), Text.of(createdAt), Text.of(lastError),
        ]
    }

    var facts: [(name: String, value: Value)] {
        [
            ("id", .string(id.text)), ("kind", .string(kind.rawValue)), ("to", .string(recipient)),
            ("account_id", Value(accountID?.text)), ("state", .string(state)), ("attempts", .int(attempts)),
            ("created_at", Value(createdAt)), ("due_at", Value(dueAt)), ("sent_at", Value(sentAt)),
            ("last_error", Value(lastError)),
        ]
    }
}

struct MailList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List messages, newest first.")

    @Option(help: "How many at most.") var limit: Int64 = 50
    @OptionGroup var options: RealmOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit is at least 1") }
    }

    func run() async throws {
        try await options.withRealm { realm in
            let limit = limit
            output.list(try await realm.engine.store.read { try $0.mails(limit: limit) })
        }
    }
}

/// A message opened.
private struct OpenedMail: Displayable {
    static var columns: [String] { Mail.columns }
    var mail: Mail
    var text: RenderedMail
    var row: [String] { mail.row }
    var facts: [(name: String, value: Value)] {
        mail.facts + [("subject", .string(text.subject)), ("body", .string(text.text))]
    }
}

struct MailShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a message with its link.",
        discussion: "The link opens an account: show it to nobody else.")

    @Argument(help: "The message's id.") var id: String
    @OptionGroup var options: RealmOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await options.withRealm { realm in
            let id = Mail.ID(id)
            guard let mail = try await realm.engine.store.read({ try $0.mail(id) }) else {
                throw StartFailure(.noSuch, "there is no message `\(id.text)`")
            }
            guard let bytes = realm.engine.sealer.open(mail.sealed, purpose: MailContent.purpose),
                let content = MailContent(decoding: bytes)
            else {
                throw StartFailure(
                    .data, "the message cannot be opened", mend: "the realm's secret is not the one it was sealed with")
            }
            let text = MailRenderer(publicURL: realm.engine.realm.publicURL).render(content)
            if output.json { return output.show(OpenedMail(mail: mail, text: text)) }
            let rows = (mail.facts + [("subject", Value.string(text.subject))]).map { [$0.name, Text.of($0.value)] }
            for line in TextTable.lines(rows) + [""] { Output.line(line) }
            Output.write(text.text, to: 1)
            if !text.text.hasSuffix("\n") { Output.line("") }
        }
    }
}
