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
            let id = id.map { Mail.ID($0) }
            // To say so if there is none.
            if let id { _ = try await realm.mail(id) }
            // Looked at where it is written: the running server may send it meanwhile.
            let again = try await realm.engine.store.write { store in
                let mails =
                    if let id { try store.mail(id).map { [$0] } ?? [] } else {
                        try store.deadMails(limit: 1_000_000)
                    }
                let unsent = mails.filter { $0.sentAt == nil }
                for var mail in unsent {
                    (mail.dead, mail.attempts, mail.dueAt) = (false, 0, now)
                    try store.update(mail)
                }
                return unsent.count
            }
            if let id, again == 0 {
                throw StartFailure(.data, "the message `\(id.text)` was sent, and is not sent twice")
            }
            Output.line(String(again))
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
