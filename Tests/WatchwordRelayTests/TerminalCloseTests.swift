import Testing
import WatchwordCore
import WatchwordRelay

@Suite("The close codes of a terminal")
struct TerminalCloseTests {
    @Test("are permanent: clients act on them")
    func permanent() {
        #expect(TerminalClose.allCases.map(\.rawValue) == [4_012, 4_013, 4_014, 4_015])
    }

    @Test("are of the private range, and none of another cause", arguments: TerminalClose.allCases)
    func codes(_ close: TerminalClose) {
        #expect((4_000...4_999).contains(close.rawValue))
        #expect(!ConnectionEnd.allCases.map(\.closeCode).contains(close.rawValue))
    }

    @Test("have a reason each that fits a close frame, on one line", arguments: TerminalClose.allCases)
    func reasons(_ close: TerminalClose) {
        #expect((1...123).contains(close.reason.utf8.count))
        #expect(close.reason.oneLine(atMost: 123) == close.reason)
        #expect(TerminalClose.allCases.filter { $0.reason == close.reason } == [close])
    }
}
