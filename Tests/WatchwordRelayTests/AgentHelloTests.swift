import Testing
import WatchwordRelay

@Suite("An agent's hello")
struct AgentHelloTests {
    static let text = #"{"version":"1.2","name":"web \"1\"","platform":"linux x86_64","terminal":true}"#

    @Test("is written as the documents say, and read back")
    func roundTrip() {
        let hello = AgentHello(version: "1.2", name: "web \"1\"", platform: "linux x86_64", terminal: true)
        #expect(hello.text == Self.text)
        #expect(AgentHello(Self.text) == hello)
    }

    @Test("may say more than is read, for later versions")
    func more() {
        let text = #"{"later":{"a":[1]},"terminal":false,"platform":"","name":"","version":""}"#
        #expect(AgentHello(text) == AgentHello(version: "", name: "", platform: "", terminal: false))
    }

    @Test(
        "lacks nothing",
        arguments: [
            "", "hello", "[]", "{}", #"{"version":"1","name":"a","platform":"b"}"#,
            #"{"version":"1","name":"a","terminal":true}"#, #"{"version":"1","platform":"b","terminal":true}"#,
            #"{"name":"a","platform":"b","terminal":true}"#,
            #"{"version":1,"name":"a","platform":"b","terminal":true}"#,
            #"{"version":"1","name":"a","platform":"b","terminal":"true"}"#,
        ])
    func refused(_ text: String) { #expect(AgentHello(text) == nil) }

    @Test("is not read where it is too long")
    func long() {
        func hello(_ blank: Int) -> String { String(Self.text.dropLast()) + String(repeating: " ", count: blank) + "}" }
        let most = AgentHello.longest - Self.text.utf8.count
        #expect(AgentHello(hello(most)) != nil)
        #expect(AgentHello(hello(most + 1)) == nil)
    }

    @Test("is one line a member, of bounded length, whatever the machine calls itself")
    func bounded() throws {
        let hello = try #require(
            AgentHello(
                #"{"version":"1\n2","name":""# + String(repeating: "é", count: 100)
                    + #"","platform":"a\u001b[2Jb","terminal":true}"#))
        #expect(hello.version == "1 2")
        #expect(hello.name == String(repeating: "é", count: 64))
        #expect(hello.platform == "a [2Jb")
    }
}

@Suite("One line of somebody else's text")
struct OneLineTests {
    @Test("has no controls and nothing that turns the direction of writing")
    func controls() {
        #expect("a\r\nb\u{7F}c\u{9B}d\u{2028}e\u{202E}f\tg".oneLine(atMost: 100) == "a  b c d e f g")
        #expect("plain, é, 日本".oneLine(atMost: 100) == "plain, é, 日本")
    }

    @Test("is cut between characters")
    func cut() {
        #expect("日本".oneLine(atMost: 5) == "日")
        #expect("日本".oneLine(atMost: 6) == "日本")
        #expect("a".oneLine(atMost: 0) == "")
    }

    @Test("is bounded, of one line, and itself once more, whatever it was", arguments: 0..<20)
    func any(seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<200 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...30, using: &random) {
                // Mostly of where controls are.
                let most: UInt32 = Bool.random(using: &random) ? 0xFF : 0xFFFF
                if let scalar = Unicode.Scalar(UInt32.random(in: 0...most, using: &random)) { text.append(scalar) }
            }
            let bound = Int.random(in: 0...40, using: &random)
            let line = String(text).oneLine(atMost: bound)
            #expect(line.utf8.count <= bound)
            #expect(line.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
            #expect(line.oneLine(atMost: bound) == line)
        }
    }
}

@Suite("A violation of the relay's protocol")
struct RelayViolationTests {
    @Test(
        "closes with a code that the RFC defines, and a reason that fits a close frame",
        arguments: RelayViolation.allCases)
    func codes(_ violation: RelayViolation) {
        #expect([1_002, 1_003, 1_008].contains(violation.closeCode))
        #expect((1...123).contains(violation.reason.utf8.count))
        #expect(RelayViolation.allCases.filter { $0.reason == violation.reason } == [violation])
    }

    @Test("is told by what it is: the wrong kind of message, a broken order, or too much")
    func kinds() {
        #expect(RelayViolation.notBinary.closeCode == 1_003)
        #expect([RelayViolation.malformed, .misplaced].allSatisfy { $0.closeCode == 1_002 })
        #expect([RelayViolation.beyondCredit, .beyondWindow].allSatisfy { $0.closeCode == 1_008 })
    }
}
