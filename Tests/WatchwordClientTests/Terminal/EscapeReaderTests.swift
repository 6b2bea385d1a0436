import Testing

@testable import WatchwordClient

@Suite("What a person types")
struct EscapeReaderTests {
    /// Typed in these pieces, written as texts.
    private func meanings(_ pieces: String...) -> [String] {
        var reader = EscapeReader()
        return pieces.flatMap { reader.take(Array($0.utf8)) }.map { meaning in
            switch meaning {
            case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
            case .leave: "LEAVE"
            case .help: "HELP"
            }
        }
    }

    @Test("passes as it is")
    func passes() {
        #expect(meanings("ls ~/bin ~.\n", "echo ~. ~?") == ["ls ~/bin ~.\n", "echo ~. ~?"])
        #expect(meanings("") == [])
    }

    @Test("leaves at a tilde and a dot at the start of a line, wherever the pieces are cut")
    func leaves() {
        #expect(meanings("~.") == ["LEAVE"])
        #expect(meanings("ls\r~", ".") == ["ls\r", "LEAVE"])
        #expect(meanings("ls\n", "~", ".", "x") == ["ls\n", "LEAVE", "x"])
    }

    @Test("types one tilde for two, and is not asked again before the next line")
    func tilde() {
        #expect(meanings("~~.\r~?~?~.") == ["~.\r", "HELP", "HELP", "LEAVE"])
        #expect(meanings("~~~.") == ["~~."])
    }

    @Test("types a tilde before anything else, which may be the end of the line")
    func other() {
        #expect(meanings("~/bin") == ["~/bin"])
        #expect(meanings("~\r~.") == ["~\r", "LEAVE"])
        #expect(meanings("~", "\u{3}") == ["~\u{3}"])
    }
}
