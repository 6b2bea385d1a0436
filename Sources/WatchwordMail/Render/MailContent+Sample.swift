import WatchwordCore

extension MailContent {
    /// A mail of this kind with made-up facts, to look at: those that mails of the kind have.
    /// `isFormer`: of `addressChanged`, the one to the address that the account had until then. `isRequested`: of
    /// `verify`, one that somebody asked for, where the other comes with signing up.
    public static func sample(
        _ kind: Mail.Kind, publicURL: String, isFormer: Bool = false, isRequested: Bool = false
    ) -> MailContent {
        let occasion: [Fact: String] = [
            .at: "2026-11-21T05:30:00Z", .address: "203.0.113.7", .device: "Firefox on Linux",
        ]
        let told = occasion.merging([.name: "Ada Lovelace", .account: "ada@example.com"]) { $1 }
        let key: [Fact: String] = [.key: "Deploy", .keyHint: "key_4fGh", .agent: "web-1"]
        let address: [Fact: String] = [.email: "ada@example.org", .account: "ada@example.org"]
        switch kind {
        case .verify:
            return MailContent(
                kind, link: "\(publicURL)/verify-email?token=made-up", lifetime: .hours(24),
                facts: isRequested ? occasion : [:])
        case .reset:
            return MailContent(
                kind, link: "\(publicURL)/reset-password?token=made-up", lifetime: .hours(1), facts: occasion)
        case .signUpAttempt: return MailContent(kind, facts: occasion)
        case .addressChanged: return MailContent(kind, facts: isFormer ? told : told.merging(address) { $1 })
        case .passwordChanged, .newSignIn: return MailContent(kind, facts: told)
        case .keyCreated, .keyRotated, .keyRevoked: return MailContent(kind, facts: told.merging(key) { $1 })
        }
    }
}
