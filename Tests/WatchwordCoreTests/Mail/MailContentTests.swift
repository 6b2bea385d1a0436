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

    /// Contents of every shape, by a seed.
    private func content(_ seed: UInt64) -> MailContent {
        var random = SeededValues(seed)
        var content = MailContent(Mail.Kind.allCases[random.below(Mail.Kind.allCases.count)])
        if random.below(2) == 0 { content.link = random.text() }
        if random.below(2) == 0 { content.lifetime = .seconds(Int64(random.below(1_000_000))) }
        for fact in MailContent.Fact.allCases where random.below(2) == 0 { content.facts[fact] = random.text() }
        return content
    }

    @Test("is one text for one content: what differs is told apart, in whatever order its facts were set")
    func injective() {
        var texts: [[UInt8]: MailContent] = [:]
        for seed in 0..<300 as Range<UInt64> {
            let content = content(seed)
            #expect(MailContent(decoding: content.encoded) == content, "seed \(seed)")
            if let other = texts.updateValue(content, forKey: content.encoded) {
                #expect(other == content, "seed \(seed)")
            }
            var again = MailContent(content.kind, link: content.link, lifetime: content.lifetime)
            for fact in MailContent.Fact.allCases.reversed() { again.facts[fact] = content.facts[fact] }
            #expect(again.encoded == content.encoded, "seed \(seed)")
        }
        #expect(texts.count > 200)
    }

    @Test("is nothing when it is cut, and traps on no byte that is changed", arguments: 0..<20 as Range<UInt64>)
    func damaged(seed: UInt64) {
        let bytes = content(seed).encoded
        for count in bytes.indices {
            #expect(MailContent(decoding: Array(bytes[..<count])) == nil, "seed \(seed), \(count)")
        }
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            var changed = bytes
            changed[Int.random(in: changed.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            guard let read = MailContent(decoding: changed) else { continue }
            #expect(MailContent(decoding: read.encoded) == read, "seed \(seed)")
        }
    }
}
