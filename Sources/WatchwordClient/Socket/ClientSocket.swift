import NIOCore
import NIOWebSocket
import Synchronization

/// The sending side of an open WebSocket, from the client (RFC 6455). Everything may be called from any task.
final class ClientSocket: Sendable {
    /// What was agreed on (RFC 6455 section 1.9).
    let subprotocol: String?
    private let channel: any Channel
    private let outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
    private let isClosing = Atomic(false)
    private let isHeard = Atomic(true)

    init(_ channel: any Channel, _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>, subprotocol: String?) {
        self.channel = channel
        self.outbound = outbound
        self.subprotocol = subprotocol
    }

    /// Waits while the other side takes nothing. Throws where the connection or the task has ended.
    func send(text: String) async throws { try await outbound.write(frame(.text, ByteBuffer(string: text))) }

    func send(_ bytes: [UInt8]) async throws { try await outbound.write(frame(.binary, ByteBuffer(bytes: bytes))) }

    /// Sends without waiting, also in a task that was cancelled; nothing where the connection has ended.
    func sendLast(_ bytes: [UInt8]) { channel.writeAndFlush(frame(.binary, ByteBuffer(bytes: bytes)), promise: nil) }

    /// Sends without waiting, since it is for finding out whether anything is taken.
    func ping() { channel.writeAndFlush(frame(.ping, ByteBuffer()), promise: nil) }

    /// Waits like `send`; where the connection has ended there is nobody to answer.
    func pong(_ data: ByteBuffer) async { try? await outbound.write(frame(.pong, data)) }

    /// Starts, or answers, the closing handshake, and waits until that has left; the first counts.
    func close(code: Int?, reason: String = "") async {
        guard !isClosing.exchange(true, ordering: .acquiringAndReleasing) else { return }
        var data = ByteBuffer()
        if let code {
            data.writeInteger(UInt16(truncatingIfNeeded: code))
            data.writeString(reason)
        }
        // Where the connection is lost there is nobody to tell.
        try? await channel.writeAndFlush(frame(.connectionClose, data)).get()
    }

    /// Ends the connection without a word: what is waited for on it then fails.
    func abandon() { channel.close(promise: nil) }

    /// Whether anything came since this was last asked.
    func takeHeard() -> Bool { isHeard.exchange(false, ordering: .acquiringAndReleasing) }

    func noteHeard() { isHeard.store(true, ordering: .releasing) }

    /// Masked by a key that nobody can foresee (RFC 6455 section 5.3).
    private func frame(_ opcode: WebSocketOpcode, _ data: ByteBuffer) -> WebSocketFrame {
        WebSocketFrame(fin: true, opcode: opcode, maskKey: .random(), data: data)
    }
}

/// The receiving side. Pings are answered and broken rules told while it is read.
struct ClientMessages: ~Copyable {
    private let socket: ClientSocket
    private var frames: NIOAsyncChannelInboundStream<WebSocketFrame>.AsyncIterator
    private var assembly = MessageAssembly()

    init(_ socket: ClientSocket, _ inbound: NIOAsyncChannelInboundStream<WebSocketFrame>) {
        self.socket = socket
        frames = inbound.makeAsyncIterator()
    }

    /// The next event; nothing where the connection or the task has ended. After `closed` there is nothing.
    mutating func next() async throws -> SocketEvent? {
        while let frame = try await frames.next() {
            socket.noteHeard()
            do {
                switch try assembly.take(frame) {
                case .nothing: continue
                case .ping(let data): await socket.pong(data)
                case .event(.closed(let code, let reason)):
                    await socket.close(code: code)
                    return .closed(code: code, reason: reason)
                case .event(let event): return event
                }
            } catch let violation as SocketViolation {
                await socket.close(code: violation.closeCode, reason: violation.reason)
                throw violation
            }
        }
        return nil
    }
}
