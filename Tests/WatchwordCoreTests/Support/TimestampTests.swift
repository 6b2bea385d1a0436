import Testing
import WatchwordCore

@Suite("Moments and spans")
struct TimestampTests {
    @Test("Seconds are rounded down, before the epoch as after it")
    func seconds() {
        #expect(Timestamp(microseconds: 1_999_999).seconds == 1)
        #expect(Timestamp(microseconds: 2_000_000).seconds == 2)
        #expect(Timestamp(microseconds: 0).seconds == 0)
        #expect(Timestamp(microseconds: -1).seconds == -1)
        #expect(Timestamp(microseconds: -1_000_000).seconds == -1)
        #expect(Timestamp(microseconds: -1_000_001).seconds == -2)
        #expect(Timestamp(seconds: 7).microseconds == 7_000_000)
    }

    @Test("A span added and taken away is nothing")
    func spans() {
        let moment = Timestamp(microseconds: 1_700_000_000_123_456)
        #expect(moment + .days(2) - .hours(48) == moment)
        #expect(moment < moment + .seconds(1))
        #expect(Lifetime.minutes(30) == .seconds(1_800))
        #expect(Lifetime.hours(1) < .days(1))
    }
}
