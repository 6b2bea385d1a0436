import ArgumentParser
import WatchwordCore
import WatchwordEngine
import WatchwordMail
import WatchwordServer

/// A message opened.
private struct OpenedMail: Displayable {
    static var columns: [String] { Mail.columns }
    var mail: Mail
    var message: MailMessage
    var row: [String] { mail.row }
    var facts: [(name: String, value: Value)] {
        mail.facts + [
            ("subject", .string(message.subject)), ("body", .string(message.text)), ("html", Value(message.html)),
        ]
    }
}

struct MailShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a message with its link.",
        discussion: "The link opens an account: show it to nobody else.")

    @Argument(help: "The message's id.") var id: String
    @Flag(help: "Print its HTML and nothing else.") var html = false
    @OptionGroup var options: RealmOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await options.withRealm { realm in
            let mail = try await realm.mail(Mail.ID(id))
            let message: MailMessage
            do throws(MailFailure) {
                message = try realm.mailWriter.message(of: mail)
            } catch {
                throw StartFailure(
                    .data, "the message cannot be opened", mend: "the realm's secret is not the one it was sealed with")
            }
            if html { return Output.write(message.html ?? "", to: 1) }
            if output.json { return output.show(OpenedMail(mail: mail, message: message)) }
            let rows = (mail.facts + [("subject", Value.string(message.subject))]).map { [$0.name, Text.of($0.value)] }
            for line in TextTable.lines(rows) + [""] { Output.line(line) }
            Output.write(message.text, to: 1)
        }
    }
}
