import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordMail

@Suite("Trying again")
struct RetryPolicyTests {
    /// Draws the same each time.
    private struct Draw: RandomSource {
        var byte: UInt8
        func bytes(_ count: Int) -> [UInt8] { [UInt8](repeating: byte, count: count) }
    }

    @Test("the twelve attempts are spread over about five hours")
    func span() {
        let policy = RetryPolicy()
        let pauses = (1..<policy.attempts).map { policy.pause(after: $0, Draw(byte: 0)).seconds }
        #expect(pauses == [15, 30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600, 3_600])
        #expect((4 * 3_600...5 * 3_600).contains(pauses.reduce(0, +)))
    }

    @Test("a pause is between a half and the whole, so that what failed together comes back apart")
    func spread() {
        let policy = RetryPolicy()
        var seen: Set<Int64> = []
        for byte in UInt8.min...UInt8.max {
            let pause = policy.pause(after: 6, Draw(byte: byte)).seconds
            #expect((240...480).contains(pause))
            seen.insert(pause)
        }
        #expect(seen.count > 50)
    }

    @Test("no count of failures makes a pause negative, endless or none", arguments: [-5, 0, 1, 20, 63, 64, 1_000_000])
    func bounds(_ failures: Int64) {
        for policy in [RetryPolicy(), RetryPolicy(first: .seconds(0)), RetryPolicy(first: .days(365))] {
            let pause = policy.pause(after: failures, Draw(byte: 255)).seconds
            #expect((1...policy.longest.seconds).contains(pause) || policy.first.seconds == 0 && pause >= 0)
        }
    }
}
