import Testing
import WatchwordCore

@testable import WatchwordDialect

@Suite("Patterns of a client's messages")
struct MessagePatternTests {
    private static let nested = MessagePattern.object([
        .init("action", .literal(.string("auth"))),
        .init("data", .object([.init("token", .credential(.access)), .init("v", .literal(.int(2)))])),
        .init("tags", .array([.literal(.string("a")), .literal(.null)])),
    ])
    private static let patterns: [MessagePattern] = [
        .credential(.apiKey), nested, .object([.init("t", .credential(.access))]),
        .array([.literal(.string("AUTH")), .credential(.apiKey)]),
        .object([.init("", .object([.init("$x", .credential(.access))]))]),
    ]

    @Test("a message printed with a credential is read back with it, whatever is in it", arguments: patterns)
    func roundTrip(pattern: MessagePattern) throws {
        for seed in 0..<60 as Range<UInt64> {
            var random = SeededText(seed)
            let text = "x" + random.text()
            let credential = try #require(pattern.credential(in: pattern.message(text)), "seed \(seed)")
            #expect(Array(credential.text.revealed.utf8) == Array(text.utf8), "seed \(seed)")
            #expect(credential.kind == pattern.takes[0])
            #expect(pattern.fits(pattern.message(text)))
        }
    }

    @Test("whatever is sent, reading is total, and only what fits gives a credential", arguments: patterns)
    func hostile(pattern: MessagePattern) {
        let message = Array(pattern.message("secret").utf8)
        for seed in 0..<200 as Range<UInt64> {
            var random = SeededText(seed)
            var bytes = message
            for _ in 0...random.below(4) {
                let from = random.below(bytes.count + 1)
                let to = min(bytes.count, from + random.below(6))
                bytes.replaceSubrange(from..<to, with: random.bytes())
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let credential = pattern.credential(in: text)
            #expect((credential != nil) == pattern.fits(text), "seed \(seed): \(text)")
            if let credential { #expect(text.isEmpty == false && !credential.text.bytes.isEmpty, "seed \(seed)") }
        }
    }

    @Test("members beyond those written are ignored at every depth; items beyond are not")
    func lenient() {
        let more = #"{"extra":[],"tags":["a",null],"data":{"v":2,"token":"t","w":{}},"action":"auth"}"#
        #expect(Self.nested.credential(in: more)?.text == Secret("t"))
        let items = #"{"tags":["a",null,1],"data":{"v":2,"token":"t"},"action":"auth"}"#
        #expect(Self.nested.credential(in: items) == nil)
        #expect(Self.patterns[3].credential(in: #"["AUTH","k"]"#)?.kind == .apiKey)
        #expect(Self.patterns[3].credential(in: #"["AUTH","k","l"]"#) == nil)
        #expect(Self.patterns[3].credential(in: #"["auth","k"]"#) == nil)
    }

    @Test("a number is that number, however it is written, and no text of it")
    func numbers() {
        let pattern = MessagePattern.object([.init("op", .literal(.int(2)))])
        #expect(pattern.fits(#"{"op":2}"#))
        #expect(!pattern.fits(#"{"op":"2"}"#))
        #expect(!pattern.fits(#"{"op":3}"#))
        #expect(!pattern.fits(#"{"op":true}"#))
        #expect(!pattern.fits(#"{"op":null}"#))
        #expect(!pattern.fits("{}"))
    }

    @Test("a bare text fits itself alone, and no JSON of it")
    func bare() {
        let ping = MessagePattern.literal(.string("ping"))
        #expect(ping.fits("ping"))
        #expect(!ping.fits("\"ping\""))
        #expect(!ping.fits("Ping"))
        #expect(!ping.fits(" ping"))
        #expect(!ping.fits(""))
        #expect(ping.message("") == "ping")
        let number = MessagePattern.literal(.int(9))
        #expect(number.fits("9"))
        #expect(number.message("") == "9")
    }

    @Test("text is compared by its bytes")
    func bytes() {
        let composed = MessagePattern.object([.init("é", .literal(.string("é")))])
        #expect(composed.fits(#"{"é":"é"}"#))
        #expect(composed.fits("{\"\\u00e9\":\"\\u00e9\"}"))
    }

    @Test("what is no JSON fits no pattern of JSON, however near it is")
    func malformed() {
        let pattern = MessagePattern.object([.init("t", .credential(.access))])
        for text in [
            #"{"t":"x""#, #"{"t":"x"},"#, #"{'t':'x'}"#, #"{t:"x"}"#, "\u{FEFF}{\"t\":\"x\"}", #"{"t":"x","t":"x"}"#,
            #"{"t":"\ud800"}"#, String(repeating: "[", count: 40), "null", "[]", "0",
        ] {
            #expect(pattern.credential(in: text) == nil, "\(text)")
        }
    }

    @Test("a credential longer than any is none")
    func bounds() {
        let pattern = MessagePattern.object([.init("t", .credential(.access))])
        let most = String(repeating: "a", count: 8_192)
        #expect(pattern.credential(in: pattern.message(most)) != nil)
        #expect(pattern.credential(in: pattern.message(most + "a")) == nil)
        #expect(MessagePattern.credential(.access).credential(in: most + "a") == nil)
    }
}
