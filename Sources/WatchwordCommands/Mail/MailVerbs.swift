import ArgumentParser
import WatchwordCore
import WatchwordEngine
import WatchwordServer

struct MailRetry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Have a message tried again now, or all that were given up.",
        discussion: "The running server sends it, with as many attempts as a new one has. Prints how many there are.")

    @Argument(help: "The message's id.") var id: String?
    @Flag(help: "All that were given up.") var dead = false
    @OptionGroup var options: RealmOptions

    func validate() throws {
        if (id == nil) != dead { throw ValidationError("give a message's id or --dead") }
    }

    func run() async throws {
        try await options.withRealm { realm in
            let now = realm.engine.clock.now()
            var mails: [Mail] = []
            if let id {
                mails = [try await realm.mail(Mail.ID(id))]
                guard mails[0].sentAt == nil else {
                    throw StartFailure(.data, "the message `\(id)` was sent, and is not sent twice")
                }
            } else {
                mails = try await realm.engine.store.read { try $0.deadMails(limit: 1_000_000) }
            }
            let again = mails.map { mail in
                var mail = mail
                (mail.dead, mail.attempts, mail.dueAt) = (false, 0, now)
                return mail
            }
            try await realm.engine.store.write { store in
                for mail in again { try store.update(mail) }
            }
            Output.line(String(again.count))
        }
    }
}

struct MailDrop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drop", abstract: "Remove a message from the outbox; one that is not sent never is.")

    @Argument(help: "The message's id.") var id: String
    @Flag(help: "Do not ask.") var yes = false
    @OptionGroup var options: RealmOptions

    func run() async throws {
        try await options.withRealm { realm in
            let mail = try await realm.mail(Mail.ID(id))
            if !yes {
                try Confirmation.ask("Remove the \(mail.kind.rawValue) message to \(Text.safe(mail.recipient))?")
            }
            _ = try await realm.engine.store.write { try $0.removeMail(mail.id) }
        }
    }
}
