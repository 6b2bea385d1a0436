import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordClient

@Suite("Waiting before the next attempt")
struct AgentBackoffTests {
    /// Always the same byte.
    private struct Constant: RandomSource {
        var byte: UInt8
        func bytes(_ count: Int) -> [UInt8] { Array(repeating: byte, count: count) }
    }

    @Test("each wait may be twice as long as the one before, up to a minute")
    func doubles() {
        var backoff = Backoff()
        let least = (0..<9).map { _ in backoff.next(Constant(byte: 0)) }
        #expect(least == [0.5, 1, 2, 4, 8, 16, 30, 30, 30].map(Duration.seconds))
    }

    @Test("it is drawn between half of the bound and all of it, so that agents do not come back together")
    func jitter() {
        let random = SeededRandom(seed: 7)
        var spans: Set<Duration> = []
        for _ in 0..<200 {
            var backoff = Backoff()
            spans.insert(backoff.next(random))
        }
        #expect(spans.allSatisfy { $0 >= .milliseconds(500) && $0 < .seconds(1) })
        #expect(spans.count > 190)
        #expect(spans.contains { $0 < .milliseconds(550) } && spans.contains { $0 > .milliseconds(950) })
    }

    @Test("a connection that lasted a minute starts over; a shorter one does not")
    func resets() {
        var backoff = Backoff()
        for _ in 0..<4 { _ = backoff.next(Constant(byte: 0)) }
        backoff.lasted(.seconds(59))
        #expect(backoff.next(Constant(byte: 0)) == .seconds(8))
        backoff.lasted(.seconds(60))
        #expect(backoff.next(Constant(byte: 0)) == .milliseconds(500))
    }

    @Test("a server's Retry-After is waited for, within reason")
    func asked() {
        var backoff = Backoff()
        #expect(backoff.next(Constant(byte: 0), asked: .seconds(7)) == .seconds(7))
        #expect(backoff.next(Constant(byte: 0), asked: .zero) == .seconds(1))
        #expect(backoff.next(Constant(byte: 0), asked: .seconds(86_400)) == .seconds(600))
    }

    @Test("work that takes longer than it may is ended", .timeLimit(.minutes(15)))
    func within() async throws {
        let pace = TestPace()
        try await withThrowingTaskGroup(of: Void.self) { group in
            // Time passes beside the work.
            group.addTask { await pace.pass(.seconds(5)...(.seconds(5))) }
            await #expect(throws: TooLate.self) {
                try await pace.within(.seconds(5)) { try await pace.wait(.seconds(50)) }
            }
            try await group.waitForAll()
        }
        #expect(try await pace.within(.seconds(5)) { 7 } == 7)
    }
}
