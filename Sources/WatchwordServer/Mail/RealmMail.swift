import Logging
import WatchwordCore
import WatchwordEngine
import WatchwordMail

extension OpenRealm {
    /// What writes the realm's mails. `settings` are the server's.
    public func mailWriter(_ settings: Configuration.MailSettings) -> MailWriter {
        MailWriter(
            realm: engine.realm.id, sealer: engine.sealer,
            renderer: MailRenderer(publicURL: engine.realm.publicURL),
            from: configuration.mail.from ?? settings.from ?? Mailbox(address: "watchword@localhost"),
            replyTo: configuration.mail.replyTo ?? settings.replyTo)
    }

    /// What takes them. Throws `StartFailure` if the folder for files cannot be written.
    public func mailTransport(_ instance: Instance, logger: Logger) throws -> any MailTransport {
        let settings = instance.configuration.mail
        switch settings.transport {
        case .log: return LogTransport(logger: logger)
        case .file:
            let directory = settings.directory ?? instance.directory.mail
            try DataDirectory.make(directory)
            return FileTransport(directory: directory)
        case .sendmail: return SendmailTransport(program: settings.sendmail)
        case .smtp:
            var smtp = settings.smtp ?? SMTPSettings(host: "localhost")
            smtp.greeting = Self.host(of: engine.realm.publicURL)
            return SMTPTransport(smtp)
        }
    }

    /// The host of an origin, if it is a name in a domain: what mail servers like to be greeted with.
    static func host(of origin: String) -> String? {
        guard let start = origin.firstRange(of: "://")?.upperBound else { return nil }
        let host = origin[start...].prefix { $0 != ":" && $0 != "/" }
        guard host.contains("."), host.last?.isLetter == true, host.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        return String(host)
    }
}
