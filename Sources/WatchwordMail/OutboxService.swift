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
    private let from: String
    private let renderer: MailRenderer
    private let retry: RetryPolicy
    private let interval: Duration
    private let logger: Logger

    /// Mails taken from the outbox at once.
    private static let batch: Int64 = 32

    /// `from`: the sender, `Name <address>` or an address; `interval`: how often the outbox is looked at.
    public init(
        engine: Engine, transport: any MailTransport, from: String, retry: RetryPolicy = RetryPolicy(),
        interval: Duration = .seconds(1), logger: Logger
    ) {
        self.engine = engine
        self.transport = transport
        self.from = from
        renderer = MailRenderer(publicURL: engine.realm.publicURL)
        self.retry = retry
        self.interval = interval
        self.logger = logger
    }

    /// Runs until the group shuts down; the mails in hand are finished first.
    public func run() async throws {
        var reported: Fault.Code?
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            do {
                while try await deliverDue() == Self.batch, !Task.isShuttingDownGracefully {}
                reported = nil
            } catch {
                // A store that is down is down each second: it is said once.
                let code = (error as? Fault)?.code ?? .invariant
                if code != reported, !Task.isCancelled {
                    logger.error("the outbox cannot be read", metadata: metadata(["reason": "\(error)"]))
                }
                reported = code
            }
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: interval) }
        }
    }

    /// Tries the mails that are due, at most a batch of them, and says how many it tried. Throws `Fault`.
    @discardableResult
    public func deliverDue() async throws -> Int64 {
        let now = engine.clock.now()
        let due = try await engine.store.read { try $0.mailsDue(at: now, limit: Self.batch) }
        for mail in due {
            let tried = await attempt(mail)
            try await engine.store.write { try $0.update(tried) }
        }
        return Int64(due.count)
    }

    /// The mail as it is after one more attempt.
    private func attempt(_ mail: Mail) async -> Mail {
        var mail = mail
        mail.attempts += 1
        do {
            try await transport.deliver(try message(mail))
            mail.sentAt = engine.clock.now()
            mail.lastError = nil
        } catch {
            let failure = error as? MailFailure ?? MailFailure("\(type(of: error))")
            mail.lastError = failure.reason
            mail.dead = failure.isPermanent || mail.attempts >= retry.attempts
            mail.dueAt = engine.clock.now() + retry.pause(after: mail.attempts, engine.random)
            logger.warning(
                mail.dead ? "a mail was given up" : "a mail did not leave",
                metadata: metadata([
                    "mail": "\(mail.id.text)", "attempts": "\(mail.attempts)", "reason": "\(failure.reason)",
                ]))
        }
        return mail
    }

    private func message(_ mail: Mail) throws -> MailMessage {
        guard let opened = engine.sealer.open(mail.sealed, purpose: MailContent.purpose),
            let content = MailContent(decoding: opened)
        else {
            throw MailFailure(
                "its text cannot be opened: it was sealed under another secret than the realm has now",
                isPermanent: true)
        }
        let text = renderer.render(content)
        return MailMessage(
            id: mail.id, kind: mail.kind, realm: engine.realm.id, from: from, recipient: mail.recipient,
            subject: text.subject, body: text.text, date: mail.createdAt)
    }

    private func metadata(_ more: Logger.Metadata) -> Logger.Metadata {
        more.merging(["realm": "\(engine.realm.id.text)"]) { said, _ in said }
    }
}
