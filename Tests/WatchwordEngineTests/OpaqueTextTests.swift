import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Opaque texts")
struct OpaqueTextTests {
    private static let formats = [
        OpaqueFormat(), OpaqueFormat(prefix: "tok-", .bytes(20, .hex)), OpaqueFormat(.bytes(48, .base62)),
        OpaqueFormat(prefix: "x", .letters(alphabet: "ybndrfg8ejkmcpqxot1uwisza345h769", length: 26)),
        OpaqueFormat(.uuid),
        OpaqueFormat(prefix: "u_", .uuid), OpaqueFormat(.letters(alphabet: "0123456789", length: 6)),
    ]

    @Test("What a format makes is recognised, and a text with one character more, less or other is not, or is one too")
    func recognised() {
        let seed = UInt64.random(in: 0...UInt64.max)
        let random = SeededRandom(seed: seed)
        for format in Self.formats {
            for _ in 0..<200 {
                let text = format.text(random)
                #expect(format.canHaveMade(Secret(text)), "seed \(seed): \(text)")
                for odd in [text + "0", String(text.dropLast()), "?" + text.dropFirst(), text.dropLast() + "?", ""] {
                    #expect(!format.canHaveMade(Secret(odd)), "seed \(seed): \(odd)")
                }
            }
        }
    }

    @Test("A UUID is of version 4 and its variant, in lower case")
    func uuid() {
        let format = OpaqueFormat(.uuid)
        #expect(format.canHaveMade(Secret("0f8fad5b-d9cb-469f-a165-70867728950e")))
        for odd in [
            "0F8FAD5B-D9CB-469F-A165-70867728950E", "0f8fad5b-d9cb-169f-a165-70867728950e",
            "0f8fad5b-d9cb-469f-c165-70867728950e", "0f8fad5bd9cb469fa16570867728950e",
            "0f8fad5b-d9cb-469f-a165-70867728950g",
        ] { #expect(!format.canHaveMade(Secret(odd)), "\(odd)") }
    }

    @Test("Another format's text is refused unread, and of the other kind of token if it is that")
    func unread() async throws {
        var terms = Contract.rotate
        terms.access.format = .opaque(OpaqueFormat(.letters(alphabet: "ybndrfg8ejkmcpqxot1uwisza345h769", length: 26)))
        terms.refresh?.format = .opaque(OpaqueFormat(prefix: "r-", .uuid))
        let scene = try Scene(terms)
        try await scene.signUp()
        let grant = try await scene.signIn()
        let store = CountingStore(scene.realm.store)
        let engine = scene.realm.engine(store: store)
        let cases: [(Secret?, RefusalCode)] = [
            (grant.refresh?.text, .wrongTokenType), (Secret(String(repeating: "y", count: 27)), .invalidToken),
            (Secret(String(repeating: "Y", count: 26)), .invalidToken),
        ]
        for (text, code) in cases {
            let credential = PresentedCredential(kind: .access, text: try #require(text))
            #expect(try await engine.authenticate([credential], TestRealm.caller()).refusal?.code == code)
        }
        #expect(store.reads == 0)
        _ = try await scene.principal(grant.access)
        _ = try granted(await scene.refresh(grant.refresh))
    }
}
