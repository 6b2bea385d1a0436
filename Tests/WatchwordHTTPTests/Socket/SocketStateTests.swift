import NIOCore
import NIOWebSocket
import Testing
import WatchwordCore

@testable import WatchwordHTTP

@Suite("what a WebSocket does next")
struct SocketStateTests {
    private func frame(
        _ opcode: UInt8, _ payload: [UInt8] = [], isLast: Bool = true, isMasked: Bool = true,
        reserved: WritableKeyPath<WebSocketFrame, Bool>? = nil
    ) throws -> WebSocketFrame {
        let mask: WebSocketMaskingKey = [1, 2, 3, 4]
        let bytes = isMasked ? payload.enumerated().map { $1 ^ mask[$0 % 4] } : payload
        var frame = WebSocketFrame(
            fin: isLast, opcode: try #require(WebSocketOpcode(encodedWebSocketOpcode: opcode)),
            maskKey: isMasked ? mask : nil, data: ByteBuffer(bytes: bytes))
        if let reserved { frame[keyPath: reserved] = true }
        return frame
    }

    private func text(_ text: String, isLast: Bool = true) throws -> WebSocketFrame {
        try frame(1, Array(text.utf8), isLast: isLast)
    }

    private func state(_ messageBytes: Int = 100) -> SocketState { SocketState(messageBytes: messageBytes) }

    @Test("a message is handed over, unmasked")
    func message() throws {
        var state = state()
        #expect(state.received(try text("hello, world")) == .deliver(.text("hello, world")))
        #expect(state.received(try frame(2, [9, 8, 7, 6, 5])) == .deliver(.binary([9, 8, 7, 6, 5])))
        #expect(state.received(try frame(2)) == .deliver(.binary([])))
        #expect(state.phase == .open)
    }

    @Test("fragments become one message, pings between them")
    func fragments() throws {
        var state = state()
        #expect(state.received(try text("", isLast: false)) == .nothing)
        #expect(state.received(try frame(0, [0xC3], isLast: false)) == .nothing)
        #expect(state.received(try frame(9, [1])) == .nothing)
        #expect(state.takePong() == [1])
        #expect(state.received(try frame(0, [0xA9])) == .deliver(.text("é")))
        #expect(state.received(try frame(2, [1], isLast: false)) == .nothing)
        #expect(state.received(try frame(0, [2])) == .deliver(.binary([1, 2])))
    }

    @Test("an empty fragment at the end still ends the message")
    func emptyEnd() throws {
        var state = state()
        #expect(state.received(try text("", isLast: false)) == .nothing)
        #expect(state.received(try frame(0)) == .deliver(.text("")))
        #expect(state.received(try text("next")) == .deliver(.text("next")))
    }

    @Test("a message is bounded, its fragments together")
    func bound() throws {
        var whole = state(4)
        #expect(whole.received(try text("four")) == .deliver(.text("four")))
        #expect(whole.received(try text("fiver")) == .fail(.tooBig))
        #expect(whole.ending == .violation(1_009))
        var parts = state(4)
        #expect(parts.received(try text("abc", isLast: false)) == .nothing)
        #expect(parts.received(try frame(0, [1, 2], isLast: false)) == .fail(.tooBig))
    }

    @Test("fragments come in order: none without a beginning, no other message between")
    func disorder() throws {
        var orphan = state()
        #expect(orphan.received(try frame(0, [1])) == .fail(.protocolError))
        for opcode: UInt8 in [1, 2] {
            var between = state()
            _ = between.received(try text("a", isLast: false))
            #expect(between.received(try frame(opcode, [1])) == .fail(.protocolError))
        }
    }

    @Test("frames that no client may send end it: unmasked, reserved bits, unknown opcodes")
    func improper() throws {
        var unmasked = state()
        #expect(unmasked.received(try frame(1, [65], isMasked: false)) == .fail(.protocolError))
        #expect(unmasked.ending == .violation(1_002))
        for bit in [\WebSocketFrame.rsv1, \.rsv2, \.rsv3] {
            var state = state()
            #expect(state.received(try frame(1, [65], reserved: bit)) == .fail(.protocolError))
            var ping = self.state()
            #expect(ping.received(try frame(9, [], reserved: bit)) == .fail(.protocolError))
        }
        for opcode: UInt8 in [3, 4, 5, 6, 7, 11, 12, 13, 14, 15] {
            var state = state()
            #expect(state.received(try frame(opcode)) == .fail(.protocolError), "\(opcode)")
        }
    }

    @Test("text that is not UTF-8 ends it, whole or in fragments")
    func notUTF8() throws {
        for bytes: [UInt8] in [[0xFF], [0x61, 0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF4, 0x90, 0x80, 0x80]] {
            var whole = state()
            #expect(whole.received(try frame(1, bytes)) == .fail(.notUTF8))
            #expect(whole.ending == .violation(1_007))
            var parts = state()
            #expect(parts.received(try frame(1, [0x61], isLast: false)) == .nothing)
            #expect(parts.received(try frame(0, bytes)) == .fail(.notUTF8))
            var binary = state()
            #expect(binary.received(try frame(2, bytes)) == .deliver(.binary(bytes)))
        }
    }

    @Test("what the frame reader refuses is refused once, and nothing waited for then")
    func readerErrors() {
        var state = state()
        #expect(state.failed(.tooBig) == .fail(.tooBig))
        #expect(state.ending == .violation(1_009))
        #expect(state.failed(.tooBig) == .nothing)
        var closing = self.state()
        _ = closing.close(.normal, .closed(1_000))
        #expect(closing.failed(.protocolError) == .drop)
    }

    @Test("of many pings the last is answered, once")
    func pings() throws {
        var state = state()
        #expect(state.takePong() == nil)
        for number in UInt8(0)..<200 { #expect(state.received(try frame(9, [number])) == .nothing) }
        #expect(state.takePong() == [199])
        #expect(state.takePong() == nil)
        #expect(state.received(try frame(10, [1])) == .nothing)
        #expect(state.takePong() == nil)
    }

    @Test("a client's close is answered with its code")
    func clientCloses() throws {
        var state = state()
        _ = state.received(try frame(9, [1]))
        #expect(state.received(try frame(8, [0x0F, 0xA0, 0x62])) == .finish(SocketClose(4_000)))
        #expect(state.ending == .byClient(4_000))
        #expect(state.takePong() == nil)
        #expect(state.received(try text("late")) == .nothing)
        #expect(state.close(.normal, .closed(1_000)) == .nothing)
        var wordless = self.state()
        #expect(wordless.received(try frame(8)) == .finish(SocketClose(nil)))
        #expect(wordless.ending == .byClient(nil))
    }

    @Test("a close that may not be ends it as such")
    func badClose() throws {
        var code = state()
        #expect(code.received(try frame(8, [0x03, 0xED])) == .fail(.protocolError))
        var half = state()
        #expect(half.received(try frame(8, [3])) == .fail(.protocolError))
        var reason = state()
        #expect(reason.received(try frame(8, [0x03, 0xE8, 0xFF])) == .fail(.notUTF8))
    }

    @Test("after this side's close nothing is heard but the client's")
    func serverCloses() throws {
        var state = state()
        _ = state.received(try text("begun", isLast: false))
        #expect(state.close(SocketClose(4_001), .byServer(.sessionEnded)) == .close(SocketClose(4_001)))
        #expect(state.phase == .closing)
        #expect(state.received(try frame(0, [1])) == .nothing)
        #expect(state.received(try text("more")) == .nothing)
        #expect(state.received(try frame(9, [1])) == .nothing)
        #expect(state.takePong() == nil)
        #expect(state.close(SocketClose(4_003), .byServer(.keyEnded)) == .nothing)
        #expect(state.received(try frame(8, [0x0F, 0xA1])) == .drop)
        #expect(state.ending == .byServer(.sessionEnded))
        #expect(state.received(try text("even more")) == .nothing)
    }

    @Test("a client that breaks the protocol while it is being closed is dropped")
    func brokenWhileClosing() throws {
        var state = state()
        _ = state.close(.normal, .closed(1_000))
        #expect(state.received(try frame(1, [65], isMasked: false)) == .drop)
    }

    @Test("a client that closes TCP without a word is lost")
    func lost() {
        var state = state()
        #expect(state.inputClosed() == .drop)
        #expect(state.ending == .lost)
        var closing = self.state()
        _ = closing.close(.normal, .closed(1_000))
        #expect(closing.inputClosed() == .drop)
        #expect(closing.ending == .closed(1_000))
    }
}
