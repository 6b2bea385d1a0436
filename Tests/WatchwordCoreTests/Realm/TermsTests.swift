import Testing
import WatchwordCore

/// What a dialect that says nothing gets. Each is documented, and most are there for safety.
@Suite("Terms of which nothing is said")
struct TermsTests {
    @Test("An account signs in with a unique address, has no roles, and strangers may sign up")
    func accounts() {
        let terms = AccountTerms()
        #expect(terms.idFormat == .uuid)
        #expect(terms.login == [.email] && terms.required == [.email])
        #expect(terms.fields.isEmpty && terms.roles.isEmpty)
        #expect(terms.signUpOpen)
        #expect(!terms.requireVerified && !terms.signUpSignsIn && !terms.hidesTaken && !terms.updateShowsToken)
    }

    @Test("A new account is not disabled, its address not verified, and it has used nothing")
    func newAccount() {
        let account = Account(id: ID("a"), createdAt: Timestamp(seconds: 1), updatedAt: Timestamp(seconds: 1))
        #expect(!account.disabled && !account.emailVerified)
        #expect(account.usageCount == 0 && account.usageLimit == nil)
        #expect(account.email == nil && account.username == nil && account.role == nil && account.fields.isEmpty)
        let agent = Agent(id: ID("g"), accountID: account.id, name: "n", createdAt: account.createdAt)
        #expect(!agent.online && !agent.isShared && agent.lastSeenAt == nil)
    }

    @Test("A new mail is alive and was not tried yet")
    func newMail() {
        let moment = Timestamp(seconds: 1)
        let mail = Mail(
            id: ID("m"), kind: .verify, recipient: "a@b", accountID: nil, sealed: [], createdAt: moment, dueAt: moment)
        #expect(mail.attempts == 0 && !mail.dead && mail.sentAt == nil && mail.lastError == nil)
    }

    @Test("Nobody sees others")
    func others() {
        #expect(AccountTerms().administrators.isEmpty)
        #expect(!AccountTerms().usersSeeUsers)
    }

    @Test("A password has 8 to 128 characters of whatever classes and is no common one (ASVS 5.0 6.2)")
    func passwords() {
        let terms = PasswordTerms()
        #expect(terms.minimum == 8 && terms.maximum == 128)
        #expect(terms.refuseCommon)
        #expect(terms.classes.isEmpty && terms.leastClasses == 0)
        #expect(terms.changeSignsIn)
    }

    @Test("An access token is opaque, of 256 random bits, good for an hour, and for every dialect of the realm")
    func access() {
        let terms = AccessTokenTerms()
        #expect(terms.isIssued && terms.lifetime == .hours(1) && terms.audience.isEmpty)
        #expect(terms.format == .opaque(OpaqueFormat()))
        #expect(OpaqueFormat().bits == 256 && OpaqueFormat().prefix.isEmpty)
    }

    @Test("A used refresh token has no grace")
    func refresh() {
        let terms = RefreshTokenTerms(format: .opaque(OpaqueFormat()), lifetime: .days(30), use: .rotate)
        #expect(terms.grace == .seconds(0))
    }

    @Test("A link is mailed unasked, opens no session, and tells nobody which addresses have accounts")
    func links() {
        let terms = OneTimeTokenTerms(lifetime: .hours(24))
        #expect(terms.isSentUnasked && !terms.signsIn && !terms.tellsUnknown)
        #expect(!terms.format.isGuessable)
    }

    @Test("An API key is shown once, has no successor's overlap, and is not made at sign-up")
    func keys() {
        let terms = APIKeyTerms()
        #expect(terms.bytes == 32 && terms.encoding == .hex && terms.letters == nil && terms.prefix.isEmpty)
        #expect(terms.shown == .once && terms.overlap == .seconds(0) && terms.lifetime == nil)
        #expect(!terms.issueOnSignUp && !terms.boundToAgent && !terms.acceptBare && terms.usageLimit == nil)
    }

    @Test("A contract that names none has no refresh token, links or API keys, and takes nothing over")
    func nothing() {
        let terms = Terms()
        #expect(terms.refresh == nil && terms.verify == nil && terms.reset == nil && terms.apiKeys == nil)
        #expect(terms.accepted.tokens.isEmpty && terms.accepted.passwords.isEmpty)
        #expect(terms.accepted.opaqueUntil == nil)
        #expect(terms.limits == LimitTerms())
        #expect(terms.session.maximum == .days(90))
    }

    @Test("A typed field is null to begin with, and a string of it has at most 1,024 characters")
    func fields() {
        let field = FieldTerms(name: "city", type: .string)
        #expect(field.initial == .null && field.maximum == 1_024)
    }

    @Test("An old issuer's token names the account by the id in its sub, and stands for an access token")
    func accepted() {
        let token = AcceptedToken(key: "old", until: Timestamp(seconds: 1))
        #expect(token.kind == .access && token.subject == ["sub"] && token.names == .id)
        #expect(token.requires.isEmpty && token.lifetime == nil)
    }

    @Test("Never is a century, which can be added to any moment of the next nine thousand years")
    func never() throws {
        #expect(Lifetime.never == .seconds(3_153_600_000))
        let last = try #require(Timestamp(reading: "9999-12-31T23:59:59Z"))
        #expect(last + .never - .never == last)
        #expect(last < last + .never)
    }
}
