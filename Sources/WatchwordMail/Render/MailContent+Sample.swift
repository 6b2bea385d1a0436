import WatchwordCore

extension MailContent {
    /// A mail of this kind with made-up facts, to look at: those that mails of the kind have.
    /// `isFormer`: of `addressChanged`, the one to the address that the account had until then.
    public static func sample(_ kind: Mail.Kind, publicURL: String, isFormer: Bool = false) -> MailContent {
        let told: [Fact: String] = [
            .name: "Ada Lovelace", .account: "ada@example.com", .at: "2026-11-21T05:30:00Z", .address: "203.0.113.7",
            .device: "Firefox on Linux",
        ]
        let key: [Fact: String] = [.key: "Deploy", .keyHint: "key_4fGh", .agent: "web-1"]
        let address: [Fact: String] = [.email: "ada@example.org", .account: "ada@example.org"]
        switch kind {
        case .verify:
            return MailContent(kind, link: "\(publicURL)/verify-email?token=made-up", lifetime: .hours(24))
        case .reset:
            return MailContent(kind, link: "\(publicURL)/reset-password?token=made-up", lifetime: .hours(1))
        case .signUpAttempt: return MailContent(kind)
        case .addressChanged: return MailContent(kind, facts: isFormer ? told : told.merging(address) { $1 })
        case .passwordChanged, .newSignIn: return MailContent(kind, facts: told)
        case .keyCreated, .keyRotated, .keyRevoked: return MailContent(kind, facts: told.merging(key) { $1 })
        }
    }
}
