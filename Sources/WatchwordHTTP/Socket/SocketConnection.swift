/// An open WebSocket, in the hands of the task that serves it.
struct SocketConnection: Sendable {
    let link: SocketLink
    private let inbox: Inbox

    init(_ link: SocketLink, _ inbox: Inbox) {
        self.link = link
        self.inbox = inbox
    }

    /// The next message; nothing when there will be none: the client closed, was lost or broke the protocol, or the
    /// connection was ended from this side, from which moment on nothing more is handed out.
    ///
    /// No more is read from the client than two messages ahead, so that one who does not ask slows it down.
    func next() async -> SocketMessage? {
        guard !link.isEnded, case .message(let message)? = await inbox.next(), !link.isEnded else { return nil }
        return message
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
