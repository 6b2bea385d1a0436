/// Takes mails out of the house. A mail may come twice, with the same Message-ID: delivery is at least once.
public protocol MailTransport: Sendable {
    /// Returns once the next system has taken responsibility. Throws `MailFailure`.
    func deliver(_ message: MailMessage) async throws
}

/// Why a mail did not leave.
public struct MailFailure: Error, Sendable, CustomStringConvertible {
    /// For the operator, without text or link of the mail.
    public var reason: String
    /// Whether trying again is in vain.
    public var isPermanent: Bool

    public init(_ reason: String, isPermanent: Bool = false) {
        self.reason = reason
        self.isPermanent = isPermanent
    }

    public var description: String { reason }
}
