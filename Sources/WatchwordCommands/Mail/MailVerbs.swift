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
        commandName: "drop",
        abstract: "Remove a message from the outbox, or all that were given up; what is not sent never is.",
        discussion: "Prints how many were removed.")

    @Argument(help: "The message's id.") var id: String?
    @Flag(help: "All that were given up.") var dead = false
    @Flag(help: "Do not ask.") var yes = false
    @OptionGroup var options: RealmOptions

    func validate() throws {
        if (id == nil) != dead { throw ValidationError("give a message's id or --dead") }
    }

    func run() async throws {
        try await options.withRealm { realm in
            let mails =
                if let id { [try await realm.mail(Mail.ID(id))] } else {
                    try await realm.engine.store.read { try $0.deadMails(limit: 1_000_000) }
                }
            if !yes, !mails.isEmpty {
                let what =
                    mails.count == 1
                    ? "the \(mails[0].kind.rawValue) message to \(Text.safe(mails[0].recipient))"
                    : "\(mails.count) messages that were given up"
                try Confirmation.ask("Remove \(what)?")
            }
            // Of those to be dropped for being dead, not what was put back meanwhile.
            let removed = try await realm.engine.store.write { [dead] store in
                try mails.filter { mail in
                    if dead, try store.mail(mail.id)?.dead != true { return false }
                    return try store.removeMail(mail.id)
                }.count
            }
            Output.line(String(removed))
        }
    }
}
