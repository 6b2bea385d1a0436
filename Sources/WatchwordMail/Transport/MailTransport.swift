/// Takes mails out of the house. A mail may come twice, with the same Message-ID: delivery is at least once.
public protocol MailTransport: Sendable {
    /// Returns once the next system has taken responsibility, with what that said. Throws `MailFailure`.
    /// Cancelled, it throws one of the kind `.interrupted`, unless the next system is about to take the mail.
    @discardableResult
    func deliver(_ message: MailMessage) async throws -> String

    /// Lets go of what is kept for the next mail, such as an open connection. It may be used again.
    func rest() async
}

extension MailTransport {
    public func rest() async {}
}

/// Why a mail did not leave.
public struct MailFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// For the operator, without text or link of the mail.
    public var reason: String
    public var kind: Kind

    public enum Kind: Sendable {
        /// This mail, for now: it is tried again.
        case temporary
        /// This mail, for ever: trying again is in vain.
        case permanent
        /// Any mail, for now: nobody answers, or the sender or the password is refused.
        case unavailable
        /// Nothing failed: the server stops. It does not count as an attempt.
        case interrupted
    }

    public init(_ reason: String, _ kind: Kind = .temporary) {
        self.reason = reason
        self.kind = kind
    }

    public var description: String { reason }
}
