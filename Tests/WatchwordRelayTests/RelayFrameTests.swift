import Testing
import WatchwordRelay

@Suite("A relay frame")
struct RelayFrameTests {
    static let frames: [RelayFrame] = [
        RelayFrame(0, .hello(#"{"version":"1"}"#)),
        RelayFrame(1, .open(TerminalSize(columns: 120, rows: 40), who: "é")),
        RelayFrame(1, .opened), RelayFrame(2, .refused("no shell")), RelayFrame(.max, .data([0, 255, 10])),
        RelayFrame(1, .data([])), RelayFrame(7, .credit(.max)), RelayFrame(7, .resize(.usual)),
        RelayFrame(7, .exit(-9)), RelayFrame(7, .close("")),
    ]

    @Test("is read back from its bytes as it was", arguments: frames)
    func roundTrip(_ frame: RelayFrame) { #expect(RelayFrame(frame.bytes) == frame) }

    @Test("of another length than its kind has, of no kind or with broken text is none")
    func refused() {
        let broken: [[UInt8]] = [
            [], [4, 0, 0, 0], [9, 0, 0, 0, 1], [2, 0, 0, 0, 1, 1], [5, 0, 0, 0, 1, 1, 1, 1], [6, 0, 0, 0, 1, 0, 80, 0],
            [7, 0, 0, 0, 1], [8, 0, 0, 0, 1, 0xFF], [1, 0, 0, 0, 1, 0, 80, 0], [0, 0, 0, 0, 0, 0xC3],
            [4, 0, 0, 0, 1] + [UInt8](repeating: 0, count: RelayFrame.largestData + 1),
        ]
        for bytes in broken { #expect(RelayFrame(bytes) == nil, "\(bytes.prefix(8))") }
    }
}
