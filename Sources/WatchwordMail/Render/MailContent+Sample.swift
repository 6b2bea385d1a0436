import WatchwordCore

extension MailContent {
    /// A mail of this kind with made-up facts, to look at.
    public static func sample(_ kind: Mail.Kind, publicURL: String) -> MailContent {
        let person: [Fact: String] = [.name: "Ada Lovelace", .account: "ada@example.com", .at: "2026-11-21T05:30:00Z"]
        let client: [Fact: String] = [.address: "203.0.113.7", .device: "Firefox on Linux"]
        let key: [Fact: String] = [.key: "Deploy", .keyHint: "key_4fGh", .agent: "web-1"]
        let told = person.merging(client) { first, _ in first }
        switch kind {
        case .verify:
            return MailContent(
                kind, link: "\(publicURL)/verify-email?token=made-up", lifetime: .hours(24), facts: person)
        case .reset:
            return MailContent(
                kind, link: "\(publicURL)/reset-password?token=made-up", lifetime: .hours(1), facts: person)
        case .signUpAttempt: return MailContent(kind)
        case .addressChanged:
            return MailContent(kind, facts: told.merging([.email: "ada@example.org"]) { first, _ in first })
        case .passwordChanged, .newSignIn: return MailContent(kind, facts: told)
        case .keyCreated, .keyRotated, .keyRevoked:
            return MailContent(kind, facts: told.merging(key) { first, _ in first })
        }
    }
}
