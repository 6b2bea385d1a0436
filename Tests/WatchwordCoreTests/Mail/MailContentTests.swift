import Testing
import WatchwordCore

@Suite("What a mail says")
struct MailContentTests {
    private let full = MailContent(
        .keyCreated, link: "https://a.example/x?token=t", lifetime: .minutes(90),
        facts: Dictionary(uniqueKeysWithValues: MailContent.Fact.allCases.map { ($0, "\"\u{E9}\n<b>\($0.rawValue)") }))

    @Test("survives its encoding, of every kind, with and without each part")
    func encoding() {
        #expect(MailContent(decoding: full.encoded) == full)
        for kind in Mail.Kind.allCases {
            let bare = MailContent(kind)
            #expect(MailContent(decoding: bare.encoded) == bare)
        }
        var linked = MailContent(.verify, link: "123456")
        #expect(MailContent(decoding: linked.encoded) == linked)
        linked.lifetime = .seconds(0)
        #expect(MailContent(decoding: linked.encoded) == linked)
    }

    @Test("is JSON in one spelling")
    func spelling() {
        let content = MailContent(
            .reset, link: "L", lifetime: .hours(1), facts: [.name: "Ann", .at: "T", .keyHint: "k"])
        let text = #"{"kind":"reset","link":"L","lifetime":3600,"facts":{"at":"T","key_hint":"k","name":"Ann"}}"#
        #expect(String(decoding: content.encoded, as: UTF8.self) == text)
    }

    @Test(
        "is not read from other bytes",
        arguments: [
            "", "Reset your password\nhttps://a.example\n", "null", "[]", "{}",
            #"{"kind":"reset"}"#, #"{"facts":{}}"#, #"{"kind":"letter","facts":{}}"#, #"{"kind":1,"facts":{}}"#,
            #"{"kind":"reset","facts":[]}"#, #"{"kind":"reset","facts":{"name":1}}"#,
            #"{"kind":"reset","facts":{"password":"x"}}"#, #"{"kind":"reset","facts":{},"link":null}"#,
            #"{"kind":"reset","facts":{},"lifetime":"1"}"#, #"{"kind":"reset","facts":{},"lifetime":-1}"#,
            #"{"kind":"reset","facts":{},"lifetime":9223372036854775807}"#,
            #"{"kind":"reset","facts":{},"body":"x"}"#, #"{"kind":"reset","facts":{}} "x""#,
        ])
    func foreign(_ text: String) {
        #expect(MailContent(decoding: Array(text.utf8)) == nil)
        // That the smallest content is read:
        #expect(MailContent(decoding: Array(#"{"kind":"reset","facts":{}}"#.utf8)) == MailContent(.reset))
    }
}
