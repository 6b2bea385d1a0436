import ArgumentParser
import Logging
import WatchwordCore
import WatchwordEngine
import WatchwordMail
import WatchwordServer

struct MailTest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Send a test message now, past the outbox, and print what the mail server answered.",
        discussion: "Exits 69 if no message can leave for now, and 65 if the server refuses the address.")

    @Argument(help: "Whom to send it to.") var address: String
    @OptionGroup var options: RealmOptions

    func validate() throws {
        guard Identifier.isEmail(address) else { throw ValidationError("`\(address)` is not an address") }
    }

    func run() async throws {
        try await options.withInstance { instance, realm in
            guard instance.configuration.mail.transport != .log else {
                throw StartFailure(
                    .configuration, "no message leaves: mail.transport is `log`",
                    mend: "set mail.transport to smtp, with mail.smtp.host, or to sendmail")
            }
            let random = realm.engine.random.bytes(16).map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
            let message = realm.mailWriter.testMessage(
                id: Mail.ID(random.joined()), to: address, date: realm.engine.clock.now())
            let transport = try realm.mailTransport(instance, logger: Logger(label: "mail"))
            do {
                let answer = try await transport.deliver(message)
                Output.line("sent to \(address) as \(message.messageID): \(answer)")
            } catch let failure as MailFailure {
                throw StartFailure(
                    failure.kind == .permanent ? .data : .unavailable, "the message was not sent",
                    details: [failure.reason])
            }
            await transport.rest()
        }
    }
}
