import Testing
import WatchwordCore

/// What holds a secret is interpolated, dumped and mirrored by whoever logs it without thinking.
@Suite("What holds a secret")
struct SecretHolderTests {
    private static let secret = Secret("correct horse battery")
    private static let moment = Timestamp(seconds: 1)
    private static let issued = IssuedToken(text: secret, issuedAt: moment, expiresAt: moment)
    private static let key = IssuedAPIKey(
        key: APIKey(id: ID("k"), accountID: ID("a"), digest: TokenDigest([1]), hint: "ww_", createdAt: moment),
        secret: secret)

    /// Each with a word that it does show.
    private static let holders: [(name: String, value: any Sendable)] = [
        ("IssuedToken", issued), ("IssuedAPIKey", key), ("SigningKey", SigningKey(algorithm: .hs256, secret: secret)),
        ("PresentedCredential", PresentedCredential(kind: .access, text: secret)),
        (
            "Grant",
            {
                var grant = Grant()
                (grant.access, grant.refresh, grant.ticket, grant.apiKey) = (issued, issued, issued, key)
                return grant
            }()
        ),
        ("Array", [secret]), ("Dictionary", ["password": secret]), ("Optional", Optional(secret) as any Sendable),
        ("Outcome", Outcome.granted(issued)),
        ("InputProblem", InputProblem(.password, .min, bound: 8, value: .string("correct horse battery"))),
        (
            "Refusal",
            Refusal(.validation, problems: [InputProblem(.token, .type, value: .string("correct horse battery"))])
        ),
    ]

    @Test("prints none of it, by interpolation, for a debugger or in a dump", arguments: holders.indices)
    func printed(_ index: Int) {
        let (name, value) = Self.holders[index]
        var texts = ["\(value)", String(describing: value), String(reflecting: value)]
        var dumped = ""
        dump(value, to: &dumped)
        texts.append(dumped)
        for text in texts {
            #expect(!text.contains("horse"), "\(name)")
            // Nor as numbers: 99, 111, 114, 114 are its first four bytes.
            #expect(!text.contains("99, 111"), "\(name)")
            #expect(!text.isEmpty)
        }
        #expect(dumped.contains(name == "Array" || name == "Dictionary" ? "elem" : name), "\(dumped)")
    }

    @Test("tells a fault's cause to nobody but the log that asks for it")
    func fault() {
        struct Cause: Error, CustomStringConvertible { var description: String { "password=hunter2" } }
        let fault = Fault(.storeUnavailable, "the database does not answer", cause: Cause())
        #expect("\(fault)" == "store_unavailable: the database does not answer")
        #expect(fault.cause is Cause)
    }

    @Test("is equal to another only with the same secret")
    func equality() {
        let other = IssuedToken(text: Secret("correct horse"), issuedAt: Self.moment, expiresAt: Self.moment)
        #expect(Self.issued == Self.issued && Self.issued != other)
        #expect(
            PresentedCredential(kind: .access, text: Self.secret)
                != PresentedCredential(kind: .refresh, text: Self.secret))
        #expect(
            PresentedCredential(kind: .access, text: Self.secret)
                != PresentedCredential(kind: .access, text: Secret("")))
        var grant = Grant()
        grant.access = Self.issued
        var changed = grant
        #expect(changed == grant)
        changed.access = other
        #expect(changed != grant)
        #expect(IssuedAPIKey(key: Self.key.key, secret: nil) != Self.key)
    }
}
