import Logging
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordMail

extension OpenRealm {
    /// What writes the realm's mails.
    public var mailWriter: MailWriter {
        MailWriter(
            realm: engine.realm.id, sealer: engine.sealer,
            renderer: MailRenderer(site: mailSite, templates: reading.mails),
            from: configuration.mail.from ?? Mailbox(address: "watchword@localhost"),
            replyTo: configuration.mail.replyTo)
    }

    /// What mails say of the place they come from.
    private var mailSite: MailSite {
        let (pages, url) = (configuration.pages, engine.realm.publicURL)
        return MailSite(
            name: pages.name ?? dialect.pages?.name, publicURL: url,
            pagesURL: pages.isEnabled ? url + pages.path : nil, support: pages.support,
            color: pages.color.flatMap { Color($0) })
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
