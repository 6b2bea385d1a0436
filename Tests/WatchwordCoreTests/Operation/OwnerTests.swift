import Testing
import WatchwordCore

@Suite("Whose a credential must be")
struct OwnerTests {
    private typealias Owner = PresentedCredential.Owner

    private let ann = Account(
        id: ID("u1"), email: " Ann@Example.org", username: "Ann", createdAt: Timestamp(seconds: 0),
        updatedAt: Timestamp(seconds: 0))
    private let bare = Account(id: ID("u2"), createdAt: Timestamp(seconds: 0), updatedAt: Timestamp(seconds: 0))

    @Test(
        "An id is compared letter by letter, an address and a username as they are looked up",
        arguments: [
            (AcceptedToken.Subject.id, "u1", true), (.id, "U1", false), (.id, " u1", false), (.id, "u10", false),
            (.id, "", false), (.id, "ann", false), (.email, "ann@example.org", true),
            (.email, "ANN@EXAMPLE.ORG ", true), (.email, "ann@example.com", false), (.email, "ann", false),
            (.email, "u1", false), (.username, "ann", true), (.username, "\tANN", true), (.username, "u1", false),
            (.username, "ann@example.org", false), (.username, "", false),
        ])
    func named(_ subject: AcceptedToken.Subject, _ text: String, _ expected: Bool) {
        #expect(Owner(subject, text).isOwner(ann) == expected)
    }

    @Test(
        "Where the field does not say which, any of the three will do",
        arguments: [
            ("u1", true), ("ann@example.org", true), ("ANN", true), ("U1", false), ("bob", false), ("", false),
        ])
    func any(_ text: String, _ expected: Bool) {
        #expect(Owner(nil, text).isOwner(ann) == expected)
    }

    @Test("An empty field is nobody, also of an account without an address or a username")
    func absent() {
        for subject in AcceptedToken.Subject.allCases { #expect(!Owner(subject, "").isOwner(bare)) }
        #expect(!Owner(nil, "").isOwner(bare))
        #expect(Owner(nil, "u2").isOwner(bare))
    }

    @Test("What proved a principal tells which kind of credential it was")
    func kinds() {
        let session = Session(
            id: ID("s"), accountID: ann.id, method: "pwd", address: nil, userAgent: nil,
            createdAt: Timestamp(seconds: 0), expiresAt: Timestamp(seconds: 9))
        let key = APIKey(
            id: ID("k"), accountID: ann.id, digest: TokenDigest([1]), hint: "h", createdAt: Timestamp(seconds: 0))
        let proofs: [(Principal.Proof, PresentedCredential.Kind)] = [
            (.session(session), .access), (.apiKey(key), .apiKey), (.password(changedAt: session.createdAt), .password),
        ]
        for (proof, kind) in proofs {
            #expect(proof.kind == kind)
            let principal = Principal(account: ann, proof: proof)
            #expect((principal.session != nil) == (kind == .access))
            #expect((principal.apiKey != nil) == (kind == .apiKey))
        }
    }
}
