import WatchwordMail

extension Configuration {
    /// How mail leaves the house.
    public struct MailSettings: Sendable, Equatable {
        public var transport = Transport.log
        /// Nothing for `mail` in the data directory.
        public var directory: String?
        /// Nothing for `watchword@localhost`.
        public var from: Mailbox?
        public var replyTo: Mailbox?
        /// There with `transport: smtp`.
        public var smtp: SMTPSettings?
        /// The program that `sendmail` runs.
        public var sendmail = "/usr/sbin/sendmail"

        public enum Transport: String, Sendable, CaseIterable {
            case log, file, smtp, sendmail

            /// Whether others take the mail, who look at its sender.
            var leavesTheHouse: Bool { self == .smtp || self == .sendmail }
        }

        public init() {}
    }
}

/// What a realm says of its mail; nothing where the server's settings hold.
public struct RealmMailSettings: Sendable, Equatable {
    public var from: Mailbox?
    public var replyTo: Mailbox?
    /// A folder with templates in the place of ours.
    public var templates: String?

    public init() {}
}
