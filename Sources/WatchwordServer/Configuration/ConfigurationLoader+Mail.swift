import FoundationEssentials
import WatchwordCore
import WatchwordMail

extension ConfigurationLoader {
    mutating func mail() -> Configuration.MailSettings {
        var mail = Configuration.MailSettings()
        if let transport = source.text("mail.transport").flatMap(Configuration.MailSettings.Transport.init(rawValue:)) {
            mail.transport = transport
        }
        mail.directory = source.path("mail.directory")
        sender = source.text("mail.from").flatMap { Mailbox($0) }
        replyTo = source.text("mail.reply_to").flatMap { Mailbox($0) }
        if let program = source.path("mail.sendmail") { mail.sendmail = program }
        mail.smtp = smtp(mail.transport)
        return mail
    }

    mutating func mail(_ scope: ConfigurationScope) -> RealmMailSettings {
        var mail = RealmMailSettings()
        mail.from = source.text("mail.from", of: scope).flatMap { Mailbox($0) } ?? sender
        mail.replyTo = source.text("mail.reply_to", of: scope).flatMap { Mailbox($0) } ?? replyTo
        mail.templates = source.path("mail.templates", of: scope)
        return mail
    }

    /// Other systems do not take mail from `watchword@localhost`.
    mutating func senders(_ configuration: Configuration) {
        let mail = configuration.mail
        guard mail.transport.leavesTheHouse else { return }
        for realm in configuration.realms where realm.mail.from == nil {
            note(
                "mail.transport",
                "`mail.transport: \(mail.transport.rawValue)` needs `mail.from`, or realm `\(realm.name)` one of its own"
            )
            return
        }
    }

    private mutating func smtp(_ transport: Configuration.MailSettings.Transport) -> SMTPSettings? {
        let host = source.text("mail.smtp.host")
        var settings = SMTPSettings(host: host ?? "localhost")
        settings.port = source.integer("mail.smtp.port")
        if let security = source.text("mail.smtp.security").flatMap(SMTPSettings.Security.init(rawValue:)) {
            settings.security = security
        }
        settings.authorityFile = source.path("mail.smtp.ca_file")
        if let timeout = source.integer("mail.smtp.timeout_seconds") { settings.timeout = timeout }
        settings.username = source.text("mail.smtp.username")
        guard transport == .smtp else {
            if host != nil, !source.isSet("mail.transport", in: .server) {
                note("mail.smtp.host", "a mail server that no mail goes to: add `mail.transport: smtp`")
            }
            return nil
        }
        if let file = settings.authorityFile, !FileManager.default.isReadableFile(atPath: file) {
            note("mail.smtp.ca_file", "cannot read \(file): give this user a file of certificates in PEM form")
        }
        settings.password = password(settings.username)
        guard host != nil else {
            note("mail.transport", "`mail.transport: smtp` needs `mail.smtp.host`, the mail server's name")
            return nil
        }
        if settings.security == .none, !settings.isLoopback {
            note(
                "mail.smtp.security",
                "mail to `\(settings.host)` would go in the clear, with links that open accounts: "
                    + "`none` is for a server on this machine; use `starttls` or `tls`")
        }
        return settings
    }

    /// The password of the file or of the variable. Without a username it is of no use, nor the other way round.
    private mutating func password(_ username: String?) -> Secret? {
        let variable = environment["SMTP_PASSWORD"].flatMap { $0.isEmpty ? nil : $0 }
        guard let file = source.path("mail.smtp.password_file") else {
            if username != nil, variable == nil {
                note(
                    "mail.smtp.username",
                    "`mail.smtp.username` needs a password: set `mail.smtp.password_file` or the variable SMTP_PASSWORD"
                )
            }
            return variable.map { Secret($0) }
        }
        if username == nil { note("mail.smtp.password_file", "`mail.smtp.password_file` needs `mail.smtp.username`") }
        if variable != nil {
            note("mail.smtp.password_file", "the password is there twice: take away this or the variable SMTP_PASSWORD")
        }
        guard let data = FileManager.default.contents(atPath: file) else {
            note("mail.smtp.password_file", "cannot read \(file): name a file that this user may read")
            return nil
        }
        let line = data.prefix { $0 != 0x0A && $0 != 0x0D }
        guard !line.isEmpty else {
            note("mail.smtp.password_file", "\(file) is empty: its first line must be the password")
            return nil
        }
        return Secret(Array(line))
    }

    private mutating func note(_ key: String, _ text: String) {
        source.note(ConfigurationMistake(source.place(of: key, in: .server), text))
    }
}
