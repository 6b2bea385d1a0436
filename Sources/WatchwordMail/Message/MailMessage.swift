import WatchwordCore

/// A mail ready to leave: who it is from, whom it is for and what it says.
public struct MailMessage: Sendable {
    public var id: Mail.ID
    public var kind: Mail.Kind
    public var realm: Realm.ID
    /// As an operator writes it: `Watchword <no-reply@example.com>` or a bare address.
    public var from: String
    public var recipient: String
    public var subject: String
    /// Plain text, lines parted by `\n`.
    public var body: String
    /// When the mail was written, not when it is sent: the same at every attempt.
    public var date: Timestamp

    public init(
        id: Mail.ID, kind: Mail.Kind, realm: Realm.ID, from: String, recipient: String, subject: String, body: String,
        date: Timestamp
    ) {
        self.id = id
        self.kind = kind
        self.realm = realm
        self.from = from
        self.recipient = recipient
        self.subject = subject
        self.body = body
        self.date = date
    }

    /// The Message-ID (RFC 5322 section 3.6.4), the same at every attempt, so that a mail sent twice can be told.
    public var messageID: String {
        let address = from.split(separator: "<").last.map(String.init) ?? from
        let domain = address.split(separator: "@").last.map { $0.prefix { $0 != ">" && $0 != " " } } ?? ""
        return "<\(id.text).\(realm.text)@\(domain.isEmpty || !address.contains("@") ? "localhost" : String(domain))>"
    }
}

extension MailMessage: CustomStringConvertible {
    /// Without the text, which may hold a link that opens an account.
    public var description: String { "\(kind.rawValue) mail \(id.text)" }
}
