import WatchwordCore

/// Hands mails to the machine's own mail system through a program like sendmail. No shell is involved.
public actor SendmailTransport: MailTransport {
    private let queue = BlockingQueue("watchword.sendmail")
    private let program: String
    private let timeout: Duration

    /// The program is waited for: the actor's calls run on a thread that may.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    /// `program` takes what Sendmail does: `-i` (a line with a dot does not end the mail), `-f SENDER`, `--` and the
    /// recipient. After `timeout` it is killed.
    public init(program: String, timeout: Duration = .seconds(60)) {
        self.program = program
        self.timeout = timeout
    }

    @discardableResult
    public func deliver(_ message: MailMessage) async throws -> String {
        let interruption = Interruption()
        return try await withTaskCancellationHandler {
            try run(message, interruption)
        } onCancel: {
            interruption.happen()
        }
    }

    private func run(_ message: MailMessage, _ interruption: Interruption) throws -> String {
        guard let sender = message.from.wire else {
            throw MailFailure("`\(message.from.address)` cannot be a sender; see mail.from", .unavailable)
        }
        guard let recipient = message.to.wire else {
            throw MailFailure("no mail can be sent to that address", .permanent)
        }
        // Such programs want the line ends of the system.
        let text = message.encoded.filter { $0 != 0x0D }
        let ending = try ChildProcess.run(
            program, ["-i", "-f", sender, "--", recipient], input: text, within: timeout,
            isStopped: { interruption.happened })
        let said = ending.output.replacing(message.to.address, with: LogTransport.masked(message.to.address))
        if let failure = Self.failure(ending.code, program, HeaderText.clean(said)) { throw failure }
        return "taken by \(program)"
    }

    /// What an exit code means (BSD's sysexits.h); nothing for success.
    static func failure(_ code: Int32, _ program: String, _ said: String) -> MailFailure? {
        let words = said.isEmpty ? "" : ": \(said.prefix(200))"
        return switch code {
        case 0: nil
        // EX_DATAERR, EX_NOUSER, EX_NOHOST: about this mail and its recipient.
        case 65, 67, 68: MailFailure("\(program) refuses the mail (exit code \(code))\(words)", .permanent)
        // EX_TEMPFAIL.
        case 75: MailFailure("\(program) takes it later (exit code 75)\(words)", .temporary)
        default: MailFailure("\(program) failed (exit code \(code))\(words)", .unavailable)
        }
    }
}
