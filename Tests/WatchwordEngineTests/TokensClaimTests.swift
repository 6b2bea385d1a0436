import Testing
import WatchwordCore

@testable import WatchwordEngine

@Suite("Claims")
struct TokensClaimTests {
    private let account = Account(
        id: ID("7"), email: "ann@example.org", username: "ann", emailVerified: true, role: "admin",
        fields: ["plan": .string("free"), "bio": .null], createdAt: Timestamp(seconds: 1),
        updatedAt: Timestamp(seconds: 1))

    private var facts: ClaimFacts {
        ClaimFacts(
            account: account, sessionID: ID("S"), tokenID: "a.S.N", issuedAt: Timestamp(seconds: 100),
            expiresAt: Timestamp(seconds: 160), issuer: "https://id.example.org")
    }

    private func fill(_ template: ClaimTemplate, _ ids: IDFormat = .uuid) -> Value? {
        template.filled(with: facts, ids: ids)
    }

    @Test("Every source states its fact with its type")
    func sources() {
        let facts: [(ClaimSource, Value?)] = [
            (.accountID, .string("7")), (.email, .string("ann@example.org")), (.username, .string("ann")),
            (.name, nil), (.role, .string("admin")), (.emailVerified, .bool(true)), (.field("plan"), .string("free")),
            (.field("bio"), nil), (.field("none"), nil), (.issuedAt, .int(100)), (.expiresAt, .int(160)),
            (.tokenID, .string("a.S.N")), (.sessionID, .string("S")), (.issuer, .string("https://id.example.org")),
        ]
        for (source, value) in facts { #expect(fill(.source(source)) == value) }
    }

    @Test("An integer id is a number, and text where the dialect asks for a string")
    func integerID() {
        #expect(fill(.source(.accountID), .integer) == .int(7))
        #expect(fill(.text(.accountID), .integer) == .string("7"))
        #expect(fill(.text(.emailVerified)) == .string("true"))
    }

    @Test("Members keep their order; an absent fact is null, or left out if optional")
    func objects() {
        let template = ClaimTemplate.object([
            ClaimMember("z", .literal(.int(1))), ClaimMember("name", .source(.name)),
            ClaimMember("nick", .source(.name), optional: true),
            ClaimMember("list", .array([.source(.role), .source(.name)])),
        ])
        #expect(
            fill(template)
                == .object([
                    Value.Member("z", .int(1)), Value.Member("name", .null),
                    Value.Member("list", .array([.string("admin"), .null])),
                ]))
    }

    @Test("An open set gets what is missing of iat, exp and jti, behind what is written")
    func open() {
        let layout = ClaimLayout([ClaimMember("sub", .source(.accountID))], closed: false)
        #expect(layout.members.map(\.name) == ["sub", "iat", "exp", "jti"])
        #expect(layout.tokenIDName == "jti")
        let named = ClaimLayout(
            [ClaimMember("tid", .source(.tokenID)), ClaimMember("end", .text(.expiresAt))], closed: false)
        #expect(named.members.map(\.name) == ["tid", "end", "iat"])
        #expect(named.tokenIDName == "tid")
        #expect(named.expiresAt?.name == "end" && named.expiresAt?.isText == true)
    }

    @Test("A closed set gets nothing, and its tokens are found by their digest")
    func closed() {
        let members = [ClaimMember("userId", .source(.accountID)), ClaimMember("exp", .source(.expiresAt))]
        let layout = ClaimLayout(members, closed: true)
        #expect(layout.members == members)
        #expect(layout.tokenIDName == nil)
        #expect(layout.issuedAt == nil)
        #expect(layout.expiresAt?.name == "exp" && layout.expiresAt?.isText == false)
        #expect(TokenFormat.jwt(key: "main", claims: members, closed: true).isFoundByDigest)
        #expect(!TokenFormat.jwt(key: "main", claims: members, closed: false).isFoundByDigest)
        #expect(TokenFormat.opaque(OpaqueFormat(prefix: "", .bytes(32, .hex))).isFoundByDigest)
    }

    @Test("A dialect that uses the name jti for something else keeps it")
    func taken() {
        let members = [ClaimMember("jti", .source(.sessionID))]
        let format = TokenFormat.jwt(key: "main", claims: members, closed: false)
        #expect(ClaimLayout(members, closed: false).members.map(\.name) == ["jti", "iat", "exp"])
        #expect(format.isFoundByDigest)
    }

    @Test("A token that does not state its end is found by its digest, whose record knows the end")
    func endless() {
        let members = [ClaimMember("exp", .literal(.string("never"))), ClaimMember("jti", .source(.tokenID))]
        #expect(TokenFormat.jwt(key: "main", claims: members, closed: false).isFoundByDigest)
    }

    @Test("A time is read as it is written: a number, or text where the contract says so")
    func times() {
        let number = TimeClaim(ClaimMember("exp", .source(.expiresAt)))
        let text = TimeClaim(ClaimMember("exp", .text(.expiresAt)))
        let claims = { (value: Value) in Value.object([Value.Member("exp", value)]) }
        #expect(number.seconds(in: claims(.int(7))) == 7)
        #expect(number.seconds(in: claims(.string("7"))) == nil)
        #expect(number.seconds(in: claims(.double(7))) == nil)
        #expect(number.seconds(in: .object([])) == nil)
        #expect(text.seconds(in: claims(.string("7"))) == 7)
        #expect(text.seconds(in: claims(.int(7))) == nil)
    }

    @Test("A token's name tells its kind and session, and no other text is one")
    func names() {
        let name = TokenName(.access, ID("abc-_9"), nonce: "n0nce")
        #expect(name.text == "a.abc-_9.n0nce")
        #expect(TokenName(name.text) == name)
        #expect(TokenName("r.abc.x")?.kind == .refresh)
        for text in ["", "a", "a.b", "a.b.c.d", "x.b.c", "a..c", ".b.c"] { #expect(TokenName(text) == nil) }
    }
}
