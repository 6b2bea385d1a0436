import Logging
import ServiceLifecycle
import Synchronization
import Testing
import WatchwordCore
import WatchwordEngine
import WatchwordMail
import WatchwordTestKit

@Suite("The outbox")
struct OutboxServiceTests {
    private let test: TestRealm
    private let transport = RecordingTransport()
    private let logs = RecordingLog()

    private let writer: MailWriter

    init() throws {
        test = try TestRealm("shop")
        writer = MailWriter(
            realm: ID("shop"), sealer: test.sealer, renderer: try MailRendererTests.renderer(),
            from: Mailbox(address: "no-reply@example.com"))
    }

    private func service(_ retry: RetryPolicy = RetryPolicy(), interval: Duration = .seconds(1)) -> OutboxService {
        OutboxService(
            engine: test.engine(), writer: writer, transport: transport, retry: retry, interval: interval,
            logger: logs.logger)
    }

    private func put(_ id: String, sealed: [UInt8]? = nil) async throws {
        let content = MailContent(.reset, link: "https://auth.example/reset?token=s3cret", lifetime: .hours(1))
        let mail = Mail(
            id: ID(id), kind: .reset, recipient: "ada@example.com", accountID: nil,
            sealed: try sealed ?? test.sealer.seal(content.encoded, purpose: MailContent.purpose),
            createdAt: test.clock.now(), dueAt: test.clock.now())
        try await test.store.write { try $0.insert(mail) }
    }

    private func mail(_ id: String) async throws -> Mail {
        try #require(try await test.store.read { try $0.mail(ID(id)) })
    }

    @Test("hands over a mail that is due, opened, once")
    func delivers() async throws {
        try await put("m1")
        #expect(try await service().deliverDue().tried == 1)
        #expect(try await service().deliverDue().tried == 0)
        let message = try #require(transport.messages.first)
        #expect(transport.messages.count == 1)
        #expect(message.to.address == "ada@example.com")
        #expect(message.subject == "Reset your password")
        #expect(message.text.contains("token=s3cret"))
        let mail = try await mail("m1")
        #expect(mail.sentAt == test.clock.now())
        #expect(mail.attempts == 1)
        #expect(mail.lastError == nil)
    }

    @Test("tries again after growing pauses, and gives up after the last attempt")
    func retries() async throws {
        transport.fail(with: MailFailure("the relay is away"))
        try await put("m1")
        var pauses: [Int64] = []
        for attempt in 1...4 as ClosedRange<Int64> {
            let now = test.clock.now()
            #expect(try await service(RetryPolicy(attempts: 4, first: .seconds(100))).deliverDue().tried == 1)
            let mail = try await mail("m1")
            #expect(mail.attempts == attempt)
            #expect(mail.lastError == "the relay is away")
            #expect(mail.dead == (attempt == 4))
            pauses.append(mail.dueAt.seconds - now.seconds)
            test.clock.set(Timestamp(microseconds: mail.dueAt.microseconds - 1))
            #expect(try await service().deliverDue().tried == 0)
            test.clock.set(mail.dueAt)
        }
        #expect((50...100).contains(pauses[0]))
        #expect((100...200).contains(pauses[1]))
        #expect((200...400).contains(pauses[2]))
        #expect(try await service().deliverDue().tried == 0)
        #expect(transport.attempts == 4)
    }

    @Test("pauses no longer than the longest, after however many failures")
    func longest() async throws {
        transport.fail(with: MailFailure("away"))
        let retry = RetryPolicy(attempts: 100, first: .seconds(15), longest: .hours(1))
        try await put("m1")
        for _ in 0..<70 {
            let now = test.clock.now()
            try await service(retry).deliverDue()
            let due = try await mail("m1").dueAt
            #expect((7...3_600).contains(due.seconds - now.seconds))
            test.clock.set(due)
        }
    }

    @Test("does not try again what can never succeed")
    func permanent() async throws {
        transport.fail(with: MailFailure("no such mailbox", .permanent))
        try await put("m1")
        try await service().deliverDue()
        #expect(try await mail("m1").dead)
    }

    @Test(
        "gives up a mail it cannot open, and says why", arguments: [[], [1, 2, 3], [UInt8](repeating: 0, count: 60)])
    func unopenable(_ sealed: [UInt8]) async throws {
        try await put("m1", sealed: sealed)
        try await service().deliverDue()
        let mail = try await mail("m1")
        #expect(mail.dead)
        #expect(mail.lastError?.contains("sealed under another secret") == true)
        #expect(transport.attempts == 0)
    }

    @Test("sends again, under the same Message-ID, what was taken but not marked")
    func atLeastOnce() async throws {
        try await put("m1")
        // The write that marks it as sent fails, as a crash there would keep it from happening.
        let broken = OutboxService(
            engine: test.engine(store: FaultingStore(test.store, failAt: 2)), writer: writer, transport: transport,
            logger: logs.logger)
        await #expect(throws: Fault.self) { try await broken.deliverDue() }
        #expect(try await mail("m1").sentAt == nil)
        try await service().deliverDue()
        #expect(transport.messages.count == 2)
        #expect(Set(transport.messages.map(\.messageID)).count == 1)
        #expect(transport.messages.map(\.encoded).allSatisfy { $0 == transport.messages[0].encoded })
    }

    @Test("one mail that shows that none can leave keeps the others from being tried, and from counting")
    func unavailable() async throws {
        transport.fail(with: MailFailure("nobody answers", .unavailable))
        for number in 1...5 { try await put("m\(number)") }
        let round = try await service().deliverDue()
        #expect(round.tried == 1)
        #expect(round.isUnavailable)
        #expect(transport.attempts == 1)
        for number in 2...5 { #expect(try await mail("m\(number)").attempts == 0) }
        transport.fail(with: nil)
        #expect(try await service().deliverDue().tried == 4)
    }

    @Test("an attempt that was interrupted leaves the mail as it was")
    func interrupted() async throws {
        transport.fail(with: MailFailure("the server stops", .interrupted))
        try await put("m1")
        let before = try await mail("m1")
        #expect(try await service().deliverDue().tried == 0)
        #expect(try await mail("m1") == before)
        transport.fail(with: nil)
        #expect(try await service().deliverDue().tried == 1)
    }

    @Test("leaves the rest of a batch alone when it is told to stop, and marks what was taken")
    func stops() async throws {
        for number in 1...3 { try await put("m\(number)") }
        let group = ServiceGroup(services: [service()], logger: logs.logger)
        transport.atFirst { await group.triggerGracefulShutdown() }
        try await group.run()
        #expect(transport.attempts == 1)
        let mails = try await test.store.read { try $0.mails(limit: 10) }
        #expect(mails.filter { $0.sentAt != nil }.count == 1)
        #expect(mails.filter { $0.attempts == 0 }.count == 2)
    }

    @Test("lets the connection go after a while without mail, and once more at its end", .timeLimit(.minutes(15)))
    func rests() async throws {
        try await put("m1")
        let group = ServiceGroup(services: [service(interval: .milliseconds(1))], logger: logs.logger)
        transport.atRest { await group.triggerGracefulShutdown() }
        try await group.run()
        #expect(transport.attempts == 1)
        #expect(transport.rests == 2)
    }

    @Test("one bad mail keeps no other back")
    func others() async throws {
        try await put("bad", sealed: [0])
        for number in 1...40 { try await put("m\(number)") }
        #expect(try await service().deliverDue().tried == 32)
        #expect(try await service().deliverDue().tried == 9)
        #expect(transport.messages.count == 40)
    }

    @Test("never logs the link, its token or the whole address")
    func quietLogs() async throws {
        try await put("m1")
        let service = OutboxService(
            engine: test.engine(), writer: writer, transport: LogTransport(logger: logs.logger), logger: logs.logger)
        try await service.deliverDue()
        transport.fail(with: MailFailure("away"))
        try await put("m2")
        try await self.service().deliverDue()
        let lines = logs.lines
        #expect(lines.contains { $0.contains("watchword mail show m1") })
        #expect(lines.contains { $0.contains("a***@example.com") })
        for line in lines {
            #expect(!line.contains("s3cret"))
            #expect(!line.contains("https://"))
            #expect(!line.contains("ada@"))
        }
    }
}

/// Keeps what it is given, or fails as told.
final class RecordingTransport: MailTransport {
    private struct State {
        var messages: [MailMessage] = []
        var attempts = 0
        var rests = 0
        var failure: MailFailure?
        var atFirst: (@Sendable () async -> Void)?
        var atRest: (@Sendable () async -> Void)?
    }

    private let state = Mutex(State())

    var messages: [MailMessage] { state.withLock { $0.messages } }
    var attempts: Int { state.withLock { $0.attempts } }
    var rests: Int { state.withLock { $0.rests } }
    func fail(with failure: MailFailure?) { state.withLock { $0.failure = failure } }
    /// Done while the next mail is taken.
    func atFirst(_ hook: @escaping @Sendable () async -> Void) { state.withLock { $0.atFirst = hook } }
    /// Done when it is told to rest.
    func atRest(_ hook: @escaping @Sendable () async -> Void) { state.withLock { $0.atRest = hook } }

    func deliver(_ message: MailMessage) async throws -> String {
        let hook = try state.withLock { state in
            state.attempts += 1
            if let failure = state.failure { throw failure }
            state.messages.append(message)
            defer { state.atFirst = nil }
            return state.atFirst
        }
        await hook?()
        return "taken"
    }

    func rest() async {
        let hook = state.withLock { state in
            state.rests += 1
            return state.atRest
        }
        await hook?()
    }
}

/// Keeps every line logged, with its metadata.
final class RecordingLog: Sendable {
    private let kept = Mutex<[String]>([])

    var lines: [String] { kept.withLock { $0 } }
    var logger: Logger { Logger(label: "test") { _ in Handler(log: self) } }

    private struct Handler: LogHandler {
        let log: RecordingLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            log.kept.withLock { $0.append("\(event.level) \(event.message) \(event.metadata ?? [:])") }
        }
    }
}
