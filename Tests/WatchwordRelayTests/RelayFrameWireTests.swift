import Testing
import WatchwordRelay

@Suite("A relay frame on the wire")
struct RelayFrameWireTests {
    /// As docs/reference/sockets.md has them: programs of others are written by it.
    static let written: [(RelayFrame, [UInt8])] = [
        (RelayFrame(0, .hello("{}")), [0, 0, 0, 0, 0, 0x7B, 0x7D]),
        (
            RelayFrame(1, .open(TerminalSize(columns: 300, rows: 2), who: "é")),
            [1, 0, 0, 0, 1, 1, 0x2C, 0, 2, 0xC3, 0xA9]
        ),
        (RelayFrame(256, .opened), [2, 0, 0, 1, 0]),
        (RelayFrame(0x0102_0304, .refused("no")), [3, 1, 2, 3, 4, 0x6E, 0x6F]),
        (RelayFrame(5, .data([0, 255])), [4, 0, 0, 0, 5, 0, 255]),
        (RelayFrame(5, .credit(131_072)), [5, 0, 0, 0, 5, 0, 2, 0, 0]),
        (RelayFrame(5, .resize(TerminalSize(columns: 80, rows: 24))), [6, 0, 0, 0, 5, 0, 80, 0, 24]),
        (RelayFrame(5, .exit(3)), [7, 0, 0, 0, 5, 0, 0, 0, 3]),
        (RelayFrame(5, .exit(-9)), [7, 0, 0, 0, 5, 255, 255, 255, 247]),
        (RelayFrame(5, .close("bye")), [8, 0, 0, 0, 5, 0x62, 0x79, 0x65]),
    ]

    @Test("has its bytes where the reference says", arguments: written)
    func bytes(_ frame: RelayFrame, _ bytes: [UInt8]) {
        #expect(frame.bytes == bytes)
        #expect(RelayFrame(bytes) == frame)
    }

    @Test("carries as much as it may, and no byte more")
    func largest() {
        let most = RelayFrame(1, .data([UInt8](repeating: 7, count: RelayFrame.largestData)))
        #expect(most.bytes.count == RelayFrame.largestFrame)
        #expect(RelayFrame(most.bytes) == most)
        #expect(RelayFrame(most.bytes + [7]) == nil)
        #expect(RelayFrame.initialCredit % RelayFrame.largestData == 0)
    }

    @Test("of any bytes is none, or the one that has these bytes", arguments: 0..<20)
    func anyBytes(seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<2_000 {
            var bytes = (0..<Int.random(in: 0...24, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            // Mostly of a kind that there is.
            if !bytes.isEmpty, Int.random(in: 0..<4, using: &random) > 0 { bytes[0] %= 9 }
            guard let frame = RelayFrame(bytes) else { continue }
            switch frame.content {
            // A size of 0 becomes 1, and is the only thing that is read as another.
            case .open, .resize: #expect(RelayFrame(frame.bytes) == frame)
            default: #expect(frame.bytes == bytes)
            }
        }
    }

    @Test("cut short anywhere is none, or says less, and never more")
    func cut() {
        for (frame, bytes) in Self.written {
            for count in 0..<bytes.count {
                guard let read = RelayFrame(Array(bytes.prefix(count))) else { continue }
                #expect(read.terminal == frame.terminal)
                #expect(read != frame)
            }
        }
    }
}

@Suite("The size of a terminal")
struct TerminalSizeTests {
    @Test("is at least one by one, and 80 by 24 where nobody says")
    func least() {
        #expect(TerminalSize(columns: 0, rows: 0) == TerminalSize(columns: 1, rows: 1))
        #expect(TerminalSize(columns: .max, rows: 0).columns == .max)
        #expect(TerminalSize.usual == TerminalSize(columns: 80, rows: 24))
        #expect(RelayFrame([6, 0, 0, 0, 1, 0, 0, 0, 0])?.content == .resize(TerminalSize(columns: 1, rows: 1)))
    }
}
