import Testing
import WatchwordCore

/// What the validator of dialects concludes from one part of a signature to another.
@Suite("Laws of signatures")
struct SignatureLawTests {
    private static let signatures = WatchwordCore.Operation.allCases.map { ($0, $0.signature) }

    /// Those whose signature has something, which must have something else as well.
    private func expect(
        _ name: String, where applies: (WatchwordCore.Operation, OperationSignature) -> Bool,
        have law: (OperationSignature) -> Bool, of count: Int
    ) {
        let found = Self.signatures.filter(applies)
        for (operation, signature) in found { #expect(law(signature), "\(name): \(operation.rawValue)") }
        #expect(found.count == count, "\(name): \(found.map(\.0.rawValue))")
    }

    private func inputs(_ signature: OperationSignature) -> Set<InputName> {
        Set(signature.required + signature.optional)
    }

    @Test("Whoever is given a token can be told whose it is and of which session")
    func tokens() {
        expect(
            "access", where: { $1.outputs.contains(.access) }, have: { $0.outputs.isSuperset(of: [.user, .session]) },
            of: 9)
        expect("refresh", where: { $1.outputs.contains(.refresh) }, have: { $0.outputs.contains(.access) }, of: 7)
        expect("ticket", where: { $1.outputs.contains(.ticket) }, have: { $0.acts }, of: 1)
    }

    @Test("Whatever sets a password lets it be repeated, can refuse a weak one, and can be throttled and busy")
    func passwords() {
        expect(
            "password", where: { $0 != .signIn && inputs($1).contains(.password) },
            have: {
                inputs($0).contains(.confirm) && Set($0.refusals).isSuperset(of: [.weakPassword, .rateLimited, .busy])
            }, of: 4)
        expect(
            "weak", where: { $1.refusals.contains(.weakPassword) }, have: { inputs($0).contains(.password) }, of: 4)
    }

    @Test("Whatever asks for the current password can find it wrong, and only that")
    func currentPassword() {
        expect(
            "current", where: { inputs($1).contains(.currentPassword) },
            have: { $0.acts && Set($0.refusals).isSuperset(of: [.wrongPassword, .busy, .rateLimited]) }, of: 3)
        expect(
            "wrong", where: { $1.refusals.contains(.wrongPassword) }, have: { inputs($0).contains(.currentPassword) },
            of: 3)
    }

    @Test("Whatever writes an address or a username can find each of them taken")
    func taken() {
        expect(
            "writes", where: { $1.takesFields },
            have: {
                inputs($0).isSuperset(of: [.email, .username, .name])
                    && Set($0.refusals).isSuperset(of: [.emailTaken, .usernameTaken])
            }, of: 2)
        expect("taken", where: { $1.refusals.contains(.emailTaken) }, have: { $0.takesFields }, of: 2)
    }

    @Test("A link can be wrong or too old wherever one is followed, and nowhere else")
    func links() {
        expect(
            "token", where: { $0 != .introspect && inputs($1).contains(.token) },
            have: { Set($0.refusals).isSuperset(of: [.invalidLink, .expiredLink, .rateLimited]) }, of: 2)
        expect("link", where: { $1.refusals.contains(.invalidLink) }, have: { $0.required.contains(.token) }, of: 2)
    }

    @Test("What hangs on an agent can miss it, and what stands in for the caller is asked only of who acts")
    func agents() {
        expect(
            "agent", where: { inputs($1).contains(.agentID) }, have: { $0.acts && $0.refusals.contains(.notFound) },
            of: 2)
        expect("stand-in", where: { $1.actsOr != nil }, have: { $0.acts }, of: 2)
        expect("overlap", where: { inputs($1).contains(.overlap) }, have: { $0.outputs.contains(.apiKey) }, of: 1)
        expect("ttl", where: { inputs($1).contains(.ttl) }, have: { $0.outputs.contains(.apiKey) }, of: 1)
    }

    @Test("Of those that must name one of several, each names an account or a thing of the caller's")
    func choices() {
        expect(
            "one of", where: { !$1.oneOf.isEmpty },
            have: { $0.oneOf.count > 1 && $0.required.isDisjoint(with: $0.oneOf) }, of: 6)
    }

    @Test("What tells nothing of anybody needs nothing: neither inputs nor a caller, and refuses nothing of its own")
    func open() {
        let open = Self.signatures.filter { !$0.1.acts && inputs($0.1).isEmpty }
        #expect(open.map(\.0) == [.keySet, .static])
        for (operation, signature) in open {
            #expect(signature.refusals.isEmpty && !signature.takesFields, "\(operation.rawValue)")
            #expect(signature.outputs.isDisjoint(with: [.user, .users, .session, .access]), "\(operation.rawValue)")
        }
    }

    @Test("What every route can answer are mistakes of the request, the server's own, and no word about accounts")
    func everywhere() {
        let told: Set<RefusalCode> = [
            .emailTaken, .usernameTaken, .unknownAccount, .accountDisabled, .accountLocked, .emailNotVerified,
            .invalidCredentials,
        ]
        #expect(told.isDisjoint(with: OperationSignature.everywhere + OperationSignature.authentication))
        let must: Set<RefusalCode> = [.internal, .busy, .rateLimited, .tooLarge, .notFound, .methodNotAllowed]
        #expect(must.isSubset(of: OperationSignature.everywhere))
    }
}

extension Array where Element: Hashable {
    fileprivate func isDisjoint(with others: [Element]) -> Bool { Set(self).isDisjoint(with: others) }
}
