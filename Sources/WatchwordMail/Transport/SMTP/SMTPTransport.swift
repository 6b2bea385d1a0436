import CCurl

/// Hands mails to a mail server (RFC 5321) through libcurl, one after another on one connection.
public actor SMTPTransport: MailTransport {
    private let queue = BlockingQueue("watchword.smtp")
    private let settings: SMTPSettings
    private var connection: SMTPConnection?

    /// libcurl waits for the server: the actor's calls run on a thread that may.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    public init(_ settings: SMTPSettings) { self.settings = settings }

    @discardableResult
    public func deliver(_ message: MailMessage) async throws -> String {
        let interruption = Interruption()
        return try await withTaskCancellationHandler {
            try send(message, interruption)
        } onCancel: {
            interruption.happen()
        }
    }

    /// Says goodbye to the server, if a connection is open.
    public func rest() async { connection = nil }

    private func send(_ message: MailMessage, _ interruption: Interruption) throws -> String {
        guard let sender = message.from.wire else {
            throw MailFailure("`\(message.from.address)` cannot be a sender; see mail.from", .unavailable)
        }
        guard let recipient = message.to.wire else {
            throw MailFailure("no mail can be sent to that address", .permanent)
        }
        guard let connection = connection ?? SMTPConnection(settings) else {
            throw MailFailure("libcurl cannot be used", .unavailable)
        }
        self.connection = connection
        let result = connection.send(message.encoded, from: sender, to: recipient, interruption)
        guard result.isSent else { throw result.failure(settings, to: message.to) }
        return result.reply
    }
}
