import Testing
import WatchwordCore

@Suite("Kinds of mail")
struct MailKindTests {
    @Test("A realm can leave out only the mails that nobody waits for")
    func notices() {
        let always = Set(Mail.Kind.allCases).subtracting(Mail.Kind.notices)
        #expect(always == [.verify, .reset, .signUpAttempt])
        let realm = Realm(id: ID("r"), publicURL: "https://auth.example", terms: Terms())
        #expect(realm.notices == Mail.Kind.notices, "and sends all of them unless it is told")
    }

    @Test("The names that templates and outboxes have for them are permanent")
    func names() {
        #expect(
            Mail.Kind.allCases.map(\.rawValue) == [
                "verify", "reset", "address_changed", "sign_up_attempt", "password_changed", "new_sign_in",
                "key_created", "key_rotated", "key_revoked",
            ])
        #expect(
            MailContent.Fact.allCases.map(\.rawValue) == [
                "name", "account", "at", "address", "device", "key", "key_hint", "agent", "email",
            ])
        #expect(MailContent.purpose == "mail")
    }

    @Test("A link is good for the seconds written, up to a century", arguments: [0, 1, 3_153_600_000])
    func lifetimes(_ seconds: Int64) {
        let content = MailContent(.verify, link: "x", lifetime: .seconds(seconds))
        #expect(MailContent(decoding: content.encoded)?.lifetime == .seconds(seconds))
        let over = MailContent(.verify, link: "x", lifetime: .seconds(Lifetime.never.seconds + 1))
        #expect(MailContent(decoding: over.encoded) == nil)
    }
}
