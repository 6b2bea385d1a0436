import Testing
import WatchwordCore
import WatchwordRelay

@Suite("A control message of a terminal")
struct TerminalControlTests {
    static let messages: [(TerminalControl, String)] = [
        (.resize(TerminalSize(columns: 120, rows: 40)), #"{"type":"resize","cols":120,"rows":40}"#),
        (.authenticate(token: Secret("a.b\"c")), #"{"type":"auth","token":"a.b\"c"}"#),
        (.opened, #"{"type":"opened"}"#),
        (.exit(0), #"{"type":"exit","status":0}"#),
        (.exit(-9), #"{"type":"exit","status":-9}"#),
        (.refused("no \"shell\""), #"{"type":"refused","message":"no \"shell\""}"#),
    ]

    @Test("is written as the documents say, and read back", arguments: messages)
    func roundTrip(_ control: TerminalControl, _ text: String) {
        #expect(control.text == text)
        #expect(TerminalControl(text) == control)
    }

    @Test("may have its members in any order and spaces between them")
    func order() {
        #expect(
            TerminalControl(#"{ "rows": 1, "cols": 0, "type": "resize" }"#)
                == .resize(TerminalSize(columns: 1, rows: 1)))
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "ls\n", "{", "{}", "[]", "null", #""opened""#, #" {"type":"opened"}"#, #"{"type":"opened"} "# + "x",
            #"{"type":"open"}"#, #"{"type":7}"#, #"{"type":"opened","more":1}"#, #"{"type":"opened","type":"opened"}"#,
            #"{"type":"resize","cols":80}"#, #"{"type":"resize","cols":80,"rows":24,"more":1}"#,
            #"{"type":"resize","cols":"80","rows":24}"#, #"{"type":"resize","cols":80,"rows":65536}"#,
            #"{"type":"resize","cols":-1,"rows":24}"#, #"{"type":"resize","cols":80.5,"rows":24}"#,
            #"{"type":"resize","cols":80,"row":24}"#, #"{"type":"auth"}"#, #"{"type":"auth","token":1}"#,
            #"{"type":"auth","token":"a","more":1}"#, #"{"type":"exit","status":"0"}"#,
            #"{"type":"exit","status":2147483648}"#, #"{"type":"refused"}"#, #"{"type":"refused","message":null}"#,
        ])
    func refused(_ text: String) { #expect(TerminalControl(text) == nil) }

    @Test("is not read where it is too long")
    func long() {
        func refused(_ count: Int) -> String { TerminalControl.refused(String(repeating: "a", count: count)).text }
        let most = TerminalControl.longest - refused(0).utf8.count
        #expect(TerminalControl(refused(most)) != nil)
        #expect(TerminalControl(refused(most + 1)) == nil)
    }

    @Test("of any text is none, or one that is written and read as it is", arguments: 0..<20)
    func any(seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<500 {
            guard let (_, text) = Self.messages.randomElement(using: &random) else { return }
            var bytes = Array(text.utf8)
            // A byte changed, left out or put in.
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0x20...0x7E, using: &random)
            case 1: bytes.remove(at: place)
            default: bytes.insert(UInt8.random(in: 0x20...0x7E, using: &random), at: place)
            }
            guard let control = TerminalControl(String(decoding: bytes, as: UTF8.self)) else { continue }
            #expect(TerminalControl(control.text) == control)
        }
    }

    @Test("does not show a token where it is described")
    func secret() {
        #expect(!"\(TerminalControl.authenticate(token: Secret("hunter2")))".contains("hunter2"))
    }
}
