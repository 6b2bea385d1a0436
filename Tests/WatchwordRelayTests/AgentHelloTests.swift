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
}

@Suite("A violation of the relay's protocol")
struct RelayViolationTests {
    @Test(
        "closes with a code that the RFC defines, and a reason that fits a close frame",
        arguments: RelayViolation.allCases)
    func codes(_ violation: RelayViolation) {
        #expect([1_002, 1_003, 1_008].contains(violation.closeCode))
        #expect((1...123).contains(violation.reason.utf8.count))
    }
}
