import Logging
import ServiceLifecycle
import WatchwordCore
import WatchwordEngine

/// Hands the mails of a realm's outbox to a transport, trying again until they are taken or dead.
///
/// A mail is marked as sent after the transport took it, so a crash in between sends it twice, with one Message-ID.
public struct OutboxService: Service {
    private let engine: Engine
    private let transport: any MailTransport
    private let writer: MailWriter
    private let retry: RetryPolicy
    private let interval: Duration
    private let logger: Logger

    /// Mails taken from the outbox at once.
    private static let batch: Int64 = 32
    /// Looks without a mail after which the transport may let its connection go.
    private static let idleRounds = 15

    /// `interval`: how often the outbox is looked at.
    public init(
        engine: Engine, writer: MailWriter, transport: any MailTransport, retry: RetryPolicy = RetryPolicy(),
        interval: Duration = .seconds(1), logger: Logger
    ) {
        self.engine = engine
        self.transport = transport
        self.writer = writer
        self.retry = retry
        self.interval = interval
        self.logger = logger
    }

    /// Runs until the group shuts down. A mail that the next system is about to take is waited for, briefly.
    public func run() async throws {
        var reported: Fault.Code?
        var (failures, idle) = (0, 0)
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            do {
                var round = try await deliverDue()
                while round.isFull, !Task.isShuttingDownGracefully { round = try await deliverDue() }
                failures = round.isUnavailable ? failures + 1 : 0
                idle = round.tried == 0 ? idle + 1 : 0
                reported = nil
            } catch {
                // A store that is down is down each second: it is said once.
                let code = (error as? Fault)?.code ?? .invariant
                if code != reported, !Task.isCancelled {
                    logger.error("the outbox cannot be read", metadata: metadata(["reason": "\(error)"]))
                }
                reported = code
            }
            if idle == Self.idleRounds { await transport.rest() }
            // What nobody takes is not offered each second.
            let pause = failures == 0 ? interval : interval * (1 << min(failures, 6))
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: pause) }
        }
        await transport.rest()
    }

    /// What came of looking into the outbox once.
    public struct Round: Hashable, Sendable {
        /// Mails tried.
        public var tried: Int64 = 0
        /// Whether there may be more that are due.
        var isFull = false
        /// Whether no mail can leave for now, so that the others were left alone.
        public var isUnavailable = false
    }

    /// Tries the mails that are due, at most a batch of them, until one shows that none can leave. Throws `Fault`.
    @discardableResult
    public func deliverDue() async throws -> Round {
        let now = engine.clock.now()
        let due = try await engine.store.read { try $0.mailsDue(at: now, limit: Self.batch) }
        var round = Round(isFull: due.count == Self.batch)
        for mail in due {
            guard let attempt = await attempt(mail) else { return round }
            // Before the next mail, so that a crash has no more than this one sent twice.
            try await engine.store.write { try $0.update(attempt.mail) }
            round.tried += 1
            if attempt.failure == .unavailable {
                round.isUnavailable = true
                round.isFull = false
                return round
            }
        }
        return round
    }

    /// The mail as it is after one more attempt, and how that failed; nothing if it was interrupted.
    private func attempt(_ mail: Mail) async -> (mail: Mail, failure: MailFailure.Kind?)? {
        guard !Task.isShuttingDownGracefully else { return nil }
        var mail = mail
        mail.attempts += 1
        do {
            let message = try writer.message(of: mail)
            let said = try await cancelWhenGracefulShutdown { try await transport.deliver(message) }
            mail.sentAt = engine.clock.now()
            mail.lastError = nil
            logger.info("a mail left", metadata: metadata(["mail": "\(mail.id.text)", "answer": "\(said)"]))
            return (mail, nil)
        } catch {
            let failure = error as? MailFailure ?? MailFailure("\(type(of: error))")
            guard failure.kind != .interrupted else { return nil }
            mail.lastError = failure.reason
            mail.dead = failure.kind == .permanent || mail.attempts >= retry.attempts
            mail.dueAt = engine.clock.now() + retry.pause(after: mail.attempts, engine.random)
            logger.warning(
                mail.dead ? "a mail was given up" : "a mail did not leave",
                metadata: metadata([
                    "mail": "\(mail.id.text)", "attempts": "\(mail.attempts)", "reason": "\(failure.reason)",
                ]))
            return (mail, failure.kind)
        }
    }

    private func metadata(_ more: Logger.Metadata) -> Logger.Metadata {
        more.merging(["realm": "\(engine.realm.id.text)"]) { said, _ in said }
    }
}
