import WatchwordCore

/// A mail ready to leave: who it is from, whom it is for and what it says.
public struct MailMessage: Sendable {
    public var id: Mail.ID
    public var kind: Mail.Kind
    public var realm: Realm.ID
    public var from: Mailbox
    public var to: Mailbox
    /// Where answers go, if not to the sender.
    public var replyTo: Mailbox?
    public var subject: String
    /// Plain text, lines parted by `\n`.
    public var text: String
    /// The same as a whole HTML page, for those who prefer it.
    public var html: String?
    /// When the mail was written, not when it is sent: the same at every attempt.
    public var date: Timestamp

    public init(
        id: Mail.ID, kind: Mail.Kind, realm: Realm.ID, from: Mailbox, to: Mailbox, replyTo: Mailbox? = nil,
        subject: String, text: String, html: String? = nil, date: Timestamp
    ) {
        self.id = id
        self.kind = kind
        self.realm = realm
        self.from = from
        self.to = to
        self.replyTo = replyTo
        self.subject = subject
        self.text = text
        self.html = html
        self.date = date
    }

    /// The Message-ID (RFC 5322 section 3.6.4), the same at every attempt, so that a mail sent twice can be told.
    ///
    /// Ids may count from 1, again in the database next to this one, and mail systems throw away what comes under an
    /// identity that they have seen: the moment of writing is a part of it.
    public var messageID: String {
        let domain = from.wire.map { String($0.drop { $0 != "@" }.dropFirst()) } ?? "localhost"
        return "<\(String(date.microseconds, radix: 36)).\(id.text).\(realm.text)@\(domain)>"
    }
}

extension MailMessage: CustomStringConvertible {
    /// Without the text, which may hold a link that opens an account.
    public var description: String { "\(kind.rawValue) mail \(id.text)" }
}
