import WatchwordCore
import WatchwordEngine

/// Writes a realm's mails: opens what the outbox holds, puts it into words and addresses it.
public struct MailWriter: Sendable {
    private let realm: Realm.ID
    private let sealer: any Sealer
    public let renderer: MailRenderer
    public let from: Mailbox
    public let replyTo: Mailbox?

    public init(
        realm: Realm.ID, sealer: any Sealer, renderer: MailRenderer, from: Mailbox, replyTo: Mailbox? = nil
    ) {
        self.realm = realm
        self.sealer = sealer
        self.renderer = renderer
        self.from = from
        self.replyTo = replyTo
    }

    /// What a mail of the outbox says. Throws `MailFailure` if it cannot be opened.
    public func content(of mail: Mail) throws(MailFailure) -> MailContent {
        guard let opened = sealer.open(mail.sealed, purpose: MailContent.purpose),
            let content = MailContent(decoding: opened)
        else {
            throw MailFailure(
                "its text cannot be opened: it was sealed under another secret than the realm has now", .permanent)
        }
        return content
    }

    /// A mail of the outbox, ready to leave. Throws `MailFailure` if it cannot be opened.
    public func message(of mail: Mail) throws(MailFailure) -> MailMessage {
        message(try content(of: mail), id: mail.id, to: mail.recipient, date: mail.createdAt)
    }

    /// A mail that says this.
    public func message(_ content: MailContent, id: Mail.ID, to recipient: String, date: Timestamp) -> MailMessage {
        let rendered = renderer.render(content)
        return MailMessage(
            id: id, kind: content.kind, realm: realm, from: from,
            to: Mailbox(name: renderer.name(in: content), address: recipient), replyTo: replyTo,
            subject: rendered.subject, text: rendered.text, html: rendered.html, date: date)
    }

    /// A mail that says only that mail arrives.
    public func testMessage(id: Mail.ID, to recipient: String, date: Timestamp) -> MailMessage {
        let rendered = renderer.renderTest()
        return MailMessage(
            id: id, kind: .verify, realm: realm, from: from, to: Mailbox(address: recipient), replyTo: replyTo,
            subject: rendered.subject, text: rendered.text, html: rendered.html, date: date)
    }
}
