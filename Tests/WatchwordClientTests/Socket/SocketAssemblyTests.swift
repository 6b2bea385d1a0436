import NIOCore
import NIOWebSocket
import Testing

@testable import WatchwordClient

@Suite("Frames of a server")
struct SocketAssemblyTests {
    private func frame(_ opcode: WebSocketOpcode, _ bytes: [UInt8], fin: Bool = true) -> WebSocketFrame {
        WebSocketFrame(fin: fin, opcode: opcode, data: ByteBuffer(bytes: bytes))
    }

    @Test("fragments become one message, with pings and pongs between them")
    func fragments() throws {
        var assembly = MessageAssembly()
        #expect(try assembly.take(frame(.text, Array("h\u{e9}".utf8.prefix(2)), fin: false)) == .nothing)
        #expect(try assembly.take(frame(.ping, [1])) == .ping(ByteBuffer(bytes: [1])))
        #expect(try assembly.take(frame(.pong, [])) == .nothing)
        #expect(try assembly.take(frame(.continuation, Array("h\u{e9}".utf8.dropFirst(2)))) == .event(.text("h\u{e9}")))
        #expect(try assembly.take(frame(.binary, [0, 255])) == .event(.binary([0, 255])))
    }

    @Test("a close has a code and a reason, or neither")
    func closes() throws {
        var assembly = MessageAssembly()
        #expect(try assembly.take(frame(.connectionClose, [])) == .event(.closed(code: nil, reason: "")))
        #expect(
            try assembly.take(frame(.connectionClose, [0x0F, 0xA3] + Array("why".utf8)))
                == .event(.closed(code: 4_003, reason: "why")))
        #expect(throws: SocketViolation.malformed) { try assembly.take(frame(.connectionClose, [3])) }
        #expect(throws: SocketViolation.malformed) { try assembly.take(frame(.connectionClose, [3, 232, 0xFF])) }
    }

    @Test("what no server may send is refused")
    func violations() {
        func refusal(_ frames: WebSocketFrame...) -> SocketViolation? {
            var assembly = MessageAssembly()
            do {
                for frame in frames { _ = try assembly.take(frame) }
                return nil
            } catch { return error as? SocketViolation }
        }
        #expect(refusal(WebSocketFrame(fin: true, opcode: .text, maskKey: .random(), data: ByteBuffer())) == .malformed)
        #expect(refusal(WebSocketFrame(fin: true, rsv1: true, opcode: .text, data: ByteBuffer())) == .malformed)
        #expect(refusal(WebSocketFrame(fin: true, rsv2: true, opcode: .text, data: ByteBuffer())) == .malformed)
        #expect(refusal(WebSocketFrame(fin: true, rsv3: true, opcode: .text, data: ByteBuffer())) == .malformed)
        #expect(refusal(frame(.continuation, [])) == .malformed)
        #expect(refusal(frame(.text, [], fin: false), frame(.text, [])) == .malformed)
        #expect(WebSocketOpcode(encodedWebSocketOpcode: 3).flatMap { refusal(frame($0, [])) } == .malformed)
        #expect(refusal(frame(.text, [0xFF])) == .notText)
        let half = [UInt8](repeating: 0, count: MessageAssembly.longest / 2 + 1)
        #expect(refusal(frame(.binary, half, fin: false), frame(.continuation, half)) == .tooLong)
    }
}
