import Logging
import Synchronization
import Testing
import WatchwordCore

@testable import WatchwordServer

@Suite("Log lines")
struct LineLogHandlerTests {
    struct FixedClock: WallClock {
        func now() -> Timestamp { Timestamp(microseconds: 1_795_239_000_123_456) }
    }

    /// What the lines are that `body` logs.
    func lines(_ format: Configuration.Log.Format, label: String = "watchword", _ body: (Logger) -> Void) -> [String] {
        let written = Written()
        var log = Configuration.Log()
        log.format = format
        let logger = Logger(label: label) { label in
            LineLogHandler(label: label, log: log, clock: FixedClock()) { line in written.take(line) }
        }
        body(logger)
        return written.lines.withLock { $0 }
    }

    final class Written: Sendable {
        let lines = Mutex<[String]>([])
        func take(_ line: [UInt8]) { lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) } }
    }

    @Test("a text line has time, level, message and the facts in the order of their names")
    func text() {
        let found = lines(.text) { $0.notice("listening", metadata: ["realm": "shop", "port": "8000", "note": "a b"]) }
        #expect(
            found == [
                "2026-11-21T05:30:00.123Z notice message=listening note=\"a b\" port=8000 realm=shop\n"
            ])
    }

    @Test("a JSON line is one object")
    func json() {
        let found = lines(.json, label: "http") { $0.error("it \"broke\"", metadata: ["fault": "store\nbusy"]) }
        #expect(
            found == [
                #"{"time":"2026-11-21T05:30:00.123Z","level":"error","from":"http","message":"it \"broke\"","#
                    + #""fault":"store\nbusy"}"# + "\n"
            ])
    }

    @Test("whatever is logged, a line stays one line")
    func oneLine() {
        for format in Configuration.Log.Format.allCases {
            let found = lines(format) { $0.warning("a\nb\r", metadata: ["x": "\u{2028}\u{0}="]) }
            #expect(found.count == 1)
            #expect(found[0].dropLast().allSatisfy { !$0.isNewline || $0 == "\u{2028}" }, "\(found)")
        }
    }

    @Test("lines below the level are not written")
    func quiet() {
        #expect(lines(.text) { $0.info("a request") }.isEmpty)
    }
}
