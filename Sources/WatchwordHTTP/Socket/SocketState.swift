import NIOCore
import NIOWebSocket
import WatchwordCore

/// What one WebSocket is doing: RFC 6455 sections 5 to 7. Pure: each event returns what to do about it.
struct SocketState {
    enum Phase: Equatable {
        case open
        /// Our close frame is out, the client's is not here. What it still sends is thrown away.
        case closing
        /// Nothing more is sent, and whatever still comes is thrown away.
        case ending
    }

    enum Action: Equatable {
        case nothing
        case deliver(SocketMessage)
        /// Sends the close frame, and waits for the client's.
        case close(SocketClose)
        /// Sends the close frame that answers the client's, and closes the connection behind it.
        case finish(SocketClose)
        /// Sends the close frame and lingers: the client may still be sending, and a connection reset would take the
        /// frame out of its hands.
        case fail(SocketClose)
        /// Closes the connection at once.
        case drop
    }

    private(set) var phase = Phase.open
    /// How it came to its end, once it has.
    private(set) var ending: SocketEnding?
    /// The bytes of a message, its fragments together.
    var messageBytes: Int

    /// The message in hand: its first fragment's opcode, and what came of it.
    private var opcode: WebSocketOpcode?
    private var gathered: [UInt8] = []
    /// The payload of the last ping that has not been answered.
    private var ping: [UInt8]?

    init(messageBytes: Int) { self.messageBytes = messageBytes }

    // MARK: What comes in

    mutating func received(_ frame: WebSocketFrame) -> Action {
        switch phase {
        case .ending: return .nothing
        case .closing: return receivedWhileClosing(frame)
        case .open: break
        }
        guard Self.isProper(frame) else { return fail(.protocolError) }
        switch frame.opcode {
        case .ping:
            ping = frame.payload
            return .nothing
        case .pong: return .nothing
        case .connectionClose: return closed(frame.payload)
        case .text, .binary:
            guard opcode == nil else { return fail(.protocolError) }
            return gather(frame, frame.opcode)
        case .continuation:
            guard let opcode else { return fail(.protocolError) }
            return gather(frame, opcode)
        default: return fail(.protocolError)
        }
    }

    /// The reader of frames gave up.
    mutating func failed(_ answer: SocketClose) -> Action {
        switch phase {
        case .open: fail(answer)
        case .closing: drop()
        case .ending: .nothing
        }
    }

    /// The client closed its sending side of TCP, or all of it. Without a close frame it is lost.
    mutating func inputClosed() -> Action {
        ending = ending ?? .lost
        return drop()
    }

    /// What answers the pings that came since, which is the last of them (RFC 6455 section 5.5.3): however many a
    /// client sends, one answer a read waits to be taken.
    mutating func takePong() -> [UInt8]? {
        defer { ping = nil }
        return phase == .open ? ping : nil
    }

    // MARK: What this side does

    /// The first close counts.
    mutating func close(_ close: SocketClose, _ ending: SocketEnding) -> Action {
        guard phase == .open else { return .nothing }
        end(.closing, ending)
        return .close(close)
    }

    /// Without words: the client would not read them.
    mutating func abort(_ ending: SocketEnding) -> Action {
        self.ending = self.ending ?? ending
        return drop()
    }

    // MARK: Steps

    /// Masked, without an extension's bits, of an opcode that the protocol knows.
    private static func isProper(_ frame: WebSocketFrame) -> Bool {
        frame.maskKey != nil && !frame.rsv1 && !frame.rsv2 && !frame.rsv3
    }

    private mutating func receivedWhileClosing(_ frame: WebSocketFrame) -> Action {
        guard !Self.isProper(frame) || frame.opcode == .connectionClose else { return .nothing }
        return drop()
    }

    private mutating func closed(_ payload: [UInt8]) -> Action {
        switch SocketClose.read(payload) {
        case .failure(let flawed): return fail(flawed.answer)
        case .success(let close):
            end(.ending, .byClient(close.code))
            return .finish(SocketClose(close.code))
        }
    }

    private mutating func gather(_ frame: WebSocketFrame, _ opcode: WebSocketOpcode) -> Action {
        guard gathered.count + frame.length <= messageBytes else { return fail(.tooBig) }
        if frame.fin, gathered.isEmpty {
            self.opcode = nil
            return deliver(frame.payload, opcode)
        }
        frame.appendPayload(to: &gathered)
        guard frame.fin else {
            self.opcode = opcode
            return .nothing
        }
        self.opcode = nil
        let whole = gathered
        gathered = []
        return deliver(whole, opcode)
    }

    private mutating func deliver(_ bytes: [UInt8], _ opcode: WebSocketOpcode) -> Action {
        guard opcode == .text else { return .deliver(.binary(bytes)) }
        guard let text = String(validating: bytes, as: UTF8.self) else { return fail(.notUTF8) }
        return .deliver(.text(text))
    }

    private mutating func fail(_ close: SocketClose) -> Action {
        end(.ending, .violation(close.code ?? 1_002))
        return .fail(close)
    }

    private mutating func drop() -> Action {
        end(.ending, .lost)
        return .drop
    }

    private mutating func end(_ phase: Phase, _ ending: SocketEnding) {
        self.phase = phase
        self.ending = self.ending ?? ending
        opcode = nil
        gathered = []
        ping = nil
    }
}

extension WebSocketFrame {
    /// What it carries, unmasked.
    fileprivate var payload: [UInt8] {
        var bytes: [UInt8] = []
        appendPayload(to: &bytes)
        return bytes
    }

    fileprivate func appendPayload(to bytes: inout [UInt8]) {
        guard let maskKey else { return }
        let start = bytes.count
        bytes.append(contentsOf: data.readableBytesView)
        let mask = maskKey.reduce(into: UInt32(0)) { $0 = $0 << 8 | UInt32($1) }.bigEndian
        bytes.withUnsafeMutableBytes { bytes in
            var place = start
            while place + 4 <= bytes.count {
                let word = bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)
                bytes.storeBytes(of: word ^ mask, toByteOffset: place, as: UInt32.self)
                place += 4
            }
            for (index, rest) in (place..<bytes.count).enumerated() { bytes[rest] ^= maskKey[index] }
        }
    }
}
