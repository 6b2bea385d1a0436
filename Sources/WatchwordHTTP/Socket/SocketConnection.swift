import NIOCore

/// An open WebSocket, in the hands of the task that serves it.
struct SocketConnection {
    let link: SocketLink
    private var incoming: NIOAsyncChannelInboundStream<Incoming>.AsyncIterator

    init(_ link: SocketLink, _ incoming: NIOAsyncChannelInboundStream<Incoming>.AsyncIterator) {
        self.link = link
        self.incoming = incoming
    }

    var outlet: any SocketOutlet { link }

    /// The next message; nothing when there will be none: the client closed, was lost or broke the protocol, or the
    /// connection was ended from this side, from which moment on nothing more is handed out.
    ///
    /// No more is read from the client than two messages ahead, so that one who does not ask slows it down.
    mutating func next() async -> SocketMessage? {
        guard !link.isEnded else { return nil }
        do {
            while let next = try await incoming.next(), !link.isEnded {
                if case .message(let message) = next { return message }
            }
        } catch {
            // The connection broke: its end all the same.
        }
        return nil
    }

    /// Sends, and waits until the bytes have left this process. False if they never will.
    func send(_ message: SocketMessage) async -> Bool {
        await withCheckedContinuation { continuation in
            link.send(message) { continuation.resume(returning: $0) }
        }
    }

    func close(code: Int = 1_000, reason: String = "", last: SocketMessage? = nil) {
        link.close(code: code, reason: reason, last: last)
    }
}
