import WatchwordCore

/// Puts what a mail says into words.
public struct MailRenderer: Sendable {
    private let publicURL: String

    /// `publicURL`: the realm's, by which people know it.
    public init(publicURL: String) { self.publicURL = publicURL }

    /// What people can choose themselves (a name, a device) is on one line, without control characters.
    public func render(_ content: MailContent) -> RenderedMail {
        let (subject, paragraphs) = words(of: content)
        return RenderedMail(subject: subject, text: paragraphs.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n")
    }

    private func words(of content: MailContent) -> (subject: String, paragraphs: [String]) {
        let place = publicURL
        let facts = Self.lines(content.facts)
        let alarm = "If it was not you, somebody else may have got into your account: choose a new password at once."
        switch content.kind {
        case .verify:
            return (
                "Verify your email address",
                [
                    "Someone signed up at \(place) with this address. If it was you, open this link to verify it:",
                    content.link ?? "",
                    "It works once, \(Self.term(content.lifetime)). If it was not you, ignore this mail.",
                ]
            )
        case .reset:
            return (
                "Reset your password",
                [
                    "Someone asked to reset the password of your account at \(place). To choose a new one, open this link:",
                    content.link ?? "",
                    "It works once, \(Self.term(content.lifetime)). If it was not you, ignore this mail: nothing has changed.",
                ]
            )
        case .addressChanged where content.facts[.email] != nil:
            return (
                "Your email address was changed",
                ["The account at \(place) has this address now: mail about it comes here.", facts]
            )
        case .addressChanged:
            return (
                "Your email address was changed",
                [
                    "The account at \(place) that had this address has another one now. Mail about it goes there from now on.",
                    facts,
                    "If it was not you, somebody else has got into your account: ask those who run \(place) for help.",
                ]
            )
        case .signUpAttempt:
            return (
                "You already have an account",
                [
                    """
                    Someone tried to sign up at \(place) with this address, which has an account already. If it was
                    you, sign in, or ask for a new password if you have forgotten yours.
                    """,
                    "If it was not you, ignore this mail: nothing has changed, and nobody was told.",
                ]
            )
        case .passwordChanged:
            return (
                "Your password was changed",
                ["The password of your account at \(place) was changed.", facts, alarm]
            )
        case .newSignIn:
            return (
                "New sign-in to your account",
                ["Your account at \(place) was signed in to from an address that is new to it.", facts, alarm]
            )
        case .keyCreated:
            return ("An API key was created", ["Your account at \(place) has a new API key.", facts, alarm])
        case .keyRotated:
            return (
                "An API key was replaced",
                ["An API key of your account at \(place) was replaced by a new one.", facts, alarm]
            )
        case .keyRevoked:
            return ("An API key was revoked", ["An API key of your account at \(place) was revoked.", facts, alarm])
        }
    }

    private static func lines(_ facts: [MailContent.Fact: String]) -> String {
        let labels: [(MailContent.Fact, String)] = [
            (.account, "Account"), (.email, "Address"), (.key, "Key"), (.keyHint, "Begins with"), (.agent, "Agent"),
            (.at, "Time"), (.address, "From"), (.device, "Device"),
        ]
        return labels.compactMap { fact, label in facts[fact].map { "  \(label): \(HeaderText.clean($0))" } }
            .joined(separator: "\n")
    }

    private static func term(_ span: Lifetime?) -> String { span.map { "for \(words($0))" } ?? "for a while" }

    /// A span in the largest unit that measures it.
    private static func words(_ span: Lifetime) -> String {
        let units: [(seconds: Int64, name: String)] = [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")]
        guard let unit = units.first(where: { span.seconds >= $0.seconds && span.seconds % $0.seconds == 0 })
        else { return "a while" }
        let count = span.seconds / unit.seconds
        return "\(count) \(unit.name)\(count == 1 ? "" : "s")"
    }
}
