import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Throttling")
struct ThrottleTests {
    private let start = Timestamp(seconds: 1_700_000_000)

    private func throttle(_ change: (inout ThrottleLimits) -> Void = { _ in }) -> Throttle {
        var limits = ThrottleLimits()
        change(&limits)
        return Throttle(limits: limits)
    }

    /// How many attempts at one account an address has at once, counted to a hundred.
    private func burst(_ throttle: Throttle, _ network: String, at now: Timestamp) -> Int {
        (0..<100).first { _ in throttle.attempt("ann", network, at: now) != nil } ?? 100
    }

    @Test("A bucket gives its burst at once and then one in each interval, and says how long to wait")
    func bucket() {
        let throttle = throttle()
        let limit = Limit(burst: 3, every: 10_000_000)
        for _ in 0..<3 { #expect(throttle.take(.mailbox("a"), limit, at: start) == nil) }
        #expect(throttle.take(.mailbox("a"), limit, at: start) == 10)
        #expect(throttle.take(.mailbox("a"), limit, at: start + .seconds(4)) == 6)
        #expect(throttle.take(.mailbox("b"), limit, at: start) == nil)
        #expect(throttle.take(.mailbox("a"), limit, at: start + .seconds(10)) == nil)
        #expect(throttle.take(.mailbox("a"), limit, at: start + .seconds(10)) == 10)
        for _ in 0..<3 { #expect(throttle.take(.mailbox("a"), limit, at: start + .hours(1)) == nil) }
    }

    @Test("Waiting as long as was said is enough")
    func waiting() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        let throttle = throttle()
        var now = start
        for _ in 0..<500 {
            let limit = Limit(burst: 5, every: 777_777)
            if let wait = throttle.take(.mailbox("a"), limit, at: now) {
                #expect(wait >= 1)
                now = now + .seconds(wait)
                #expect(throttle.take(.mailbox("a"), limit, at: now) == nil, "seed \(seed)")
            }
            now = Timestamp(microseconds: now.microseconds + Int64.random(in: 0...300_000, using: &generator))
        }
    }

    @Test("Successes cost nothing, failures run out")
    func successes() {
        let throttle = throttle()
        for _ in 0..<500 {
            #expect(throttle.attempt("ann", "192.0.2.1", at: start) == nil)
            throttle.succeeded("ann", "192.0.2.1", at: start)
        }
        for _ in 0..<10 {
            #expect(throttle.attempt("ann", "192.0.2.1", at: start) == nil)
            throttle.failed("ann", at: start)
        }
        #expect(throttle.attempt("ann", "192.0.2.1", at: start) == 30)
        #expect(throttle.attempt("bob", "192.0.2.1", at: start) == nil)
    }

    @Test("However many strangers fail, nobody at another address is shut out, and the owner's is not even tightened")
    func noLockOut() {
        let throttle = throttle()
        #expect(throttle.attempt("ann", "192.0.2.1", at: start) == nil)
        throttle.succeeded("ann", "192.0.2.1", at: start)
        for stranger in 0..<1_000 {
            for _ in 0..<burst(throttle, "stranger \(stranger)", at: start) { throttle.failed("ann", at: start) }
        }
        #expect(burst(throttle, "192.0.2.1", at: start) == 10)
        #expect(burst(throttle, "a new telephone", at: start) == 3)
        #expect(burst(throttle, "another", at: start) == 3)
    }

    @Test("Pressure that ceases is forgotten")
    func relief() {
        let throttle = throttle()
        for stranger in 0..<100 {
            _ = throttle.attempt("ann", "stranger \(stranger)", at: start)
            throttle.failed("ann", at: start)
        }
        #expect(burst(throttle, "new", at: start + .minutes(1)) == 10)
    }

    @Test("What is watched stays within its bound, and those that tried most stay watched")
    func bounded() {
        let throttle = throttle { $0.capacity = 1_600 }
        let limit = Limit(burst: 3, every: 60_000_000)
        for _ in 0..<3 { _ = throttle.take(.address("the flood"), limit, at: start) }
        for stranger in 0..<20_000 { _ = throttle.take(.address("\(stranger)"), limit, at: start) }
        #expect(throttle.count <= 1_600)
        #expect(throttle.take(.address("the flood"), limit, at: start) != nil)
    }

    @Test("Without limits nothing is refused or watched")
    func off() {
        let throttle = Throttle(limits: .off)
        for _ in 0..<2_000 {
            #expect(throttle.take(.address("a"), throttle.limits.address, at: start) == nil)
            #expect(throttle.attempt("ann", "a", at: start) == nil)
            throttle.failed("ann", at: start)
        }
        #expect(throttle.count == 0)
    }
}
