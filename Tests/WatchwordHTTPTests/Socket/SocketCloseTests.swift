import Testing

@testable import WatchwordHTTP

@Suite("a close frame")
struct SocketCloseTests {
    private func read(_ code: Int, _ reason: [UInt8] = []) -> Result<SocketClose, SocketClose.Flawed> {
        SocketClose.read([UInt8(code >> 8), UInt8(code & 0xFF)] + reason)
    }

    @Test("has a code and a reason, or nothing at all")
    func proper() {
        #expect(SocketClose.read([]) == .success(SocketClose(nil)))
        #expect(read(1_000) == .success(SocketClose(1_000)))
        #expect(read(4_999, Array("até".utf8)) == .success(SocketClose(4_999, "até")))
    }

    @Test("has no half of a code")
    func half() {
        #expect(SocketClose.read([3]) == .failure(.init(answer: .protocolError)))
    }

    @Test("has only codes that may be sent")
    func codes() {
        for code in [1_000, 1_001, 1_003, 1_007, 1_011, 1_014, 3_000, 4_000] {
            #expect(read(code) == .success(SocketClose(code)))
        }
        for code in [0, 999, 1_004, 1_005, 1_006, 1_015, 1_016, 2_999, 5_000, 65_535] {
            #expect(read(code) == .failure(.init(answer: .protocolError)), "\(code)")
        }
    }

    @Test("has a reason in UTF-8")
    func reason() {
        for bytes: [UInt8] in [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0xAF]] {
            #expect(read(1_000, bytes) == .failure(.init(answer: .notUTF8)))
        }
    }

    @Test("cuts a reason that is too long between characters")
    func cut() {
        let close = SocketClose(1_000, String(repeating: "é", count: 80))
        #expect(close.reason == String(repeating: "é", count: 61))
        #expect(close.payload.count == 124)
    }

    @Test("carries what it says")
    func payload() {
        #expect(SocketClose(4_001, "x").payload == [0x0F, 0xA1, 0x78])
        #expect(SocketClose(nil).payload == [])
    }
}
