import WatchwordCore

/// What a mail says, before an envelope is put around it. It may hold a link that opens an account,
/// so it is stored only as `encoded` and sealed for `purpose`.
public struct MailText: Hashable, Sendable {
    public var subject: String
    /// Plain text, lines parted by `\n`.
    public var body: String

    /// The purpose under which the realm's sealer seals it.
    public static let purpose = "mail"

    public init(subject: String, body: String) {
        self.subject = subject
        self.body = body
    }

    /// The realm's words for a mail of this kind, with its link and how long that is good, if it has one.
    public init(_ kind: Mail.Kind, of realm: Realm, link: String, lifetime: Lifetime) {
        let place = realm.publicURL
        switch kind {
        case .verify:
            self.init(
                subject: "Verify your email address",
                body: """
                    Someone signed up at \(place) with this address. If it was you, open this link to verify it:

                    \(link)

                    It works once, for \(Self.words(lifetime)). If it was not you, ignore this mail.

                    """)
        case .reset:
            self.init(
                subject: "Reset your password",
                body: """
                    Someone asked to reset the password of your account at \(place). To choose a new one, open this link:

                    \(link)

                    It works once, for \(Self.words(lifetime)). If it was not you, ignore this mail: nothing has changed.

                    """)
        case .addressChanged:
            self.init(
                subject: "Your email address was changed",
                body: """
                    The account at \(place) that had this address has another one now. Mail about it goes there from
                    now on.

                    If it was not you, somebody else has got into your account: ask those who run \(place) for help.

                    """)
        case .signUpAttempt:
            self.init(
                subject: "You already have an account",
                body: """
                    Someone tried to sign up at \(place) with this address, which has an account already. If it was
                    you, sign in, or ask for a new password if you have forgotten yours.

                    If it was not you, ignore this mail: nothing has changed, and nobody was told.

                    """)
        }
    }

    /// The subject's line, then the body, in UTF-8.
    public var encoded: [UInt8] { Array(subject.utf8) + [0x0A] + Array(body.utf8) }

    /// What `encoded` gave; nothing of other bytes.
    public init?(decoding bytes: [UInt8]) {
        guard let end = bytes.firstIndex(of: 0x0A) else { return nil }
        self.init(
            subject: String(decoding: bytes[..<end], as: UTF8.self),
            body: String(decoding: bytes[(end + 1)...], as: UTF8.self))
    }

    /// A span in the largest unit that measures it.
    private static func words(_ span: Lifetime) -> String {
        let units: [(seconds: Int64, name: String)] = [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")]
        guard let unit = units.first(where: { span.seconds >= $0.seconds && span.seconds % $0.seconds == 0 })
        else { return "a while" }
        let count = span.seconds / unit.seconds
        return "\(count) \(unit.name)\(count == 1 ? "" : "s")"
    }
}
