import WatchwordMail

extension Configuration {
    /// How mail leaves the house.
    public struct MailSettings: Sendable, Equatable {
        public var transport = Transport.log
        /// Nothing for `mail` in the data directory.
        public var directory: String?
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

/// What holds for a realm's mail: its own settings, or the server's.
public struct RealmMailSettings: Sendable, Equatable {
    /// Nothing for `watchword@localhost`.
    public var from: Mailbox?
    /// Where answers go, if not to the sender.
    public var replyTo: Mailbox?
    /// A folder with templates in the place of ours.
    public var templates: String?

    public init() {}
}
