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

    @Test("A moment beyond the last that can be told is the last, and one before the first the first")
    func ends() {
        let first = Timestamp(microseconds: .min)
        let last = Timestamp(microseconds: .max)
        // What another signer writes in milliseconds, nanoseconds or for fun into `exp`.
        for seconds in [9_999_999_999_999, 1_700_000_000_000_000_000, .max] as [Int64] {
            #expect(Timestamp(seconds: seconds) == last)
            #expect(Timestamp(seconds: -seconds) == first)
            #expect(Timestamp(seconds: 0) + .seconds(seconds) == last)
            #expect((Timestamp(seconds: 0) - .seconds(seconds)).seconds == first.seconds)
        }
        #expect(Timestamp(seconds: .min) == first)
        for span in [Lifetime.seconds(1), .never, .seconds(.max)] {
            #expect(last + span == last)
            #expect(first - span == first)
            #expect(last - span < last)
            #expect(first + span > first)
        }
        for span in [Lifetime.seconds(-1), .seconds(.min)] {
            #expect(first + span == first)
            #expect(last - span == last)
        }
    }

    @Test("The last whole second that can be told is exact, and the next one is not told")
    func lastSecond() {
        let most = Int64.max / 1_000_000
        #expect(Timestamp(seconds: most).microseconds == most * 1_000_000)
        #expect(Timestamp(seconds: most).seconds == most)
        #expect(Timestamp(seconds: -most).microseconds == -most * 1_000_000)
        #expect(Timestamp(seconds: most + 1).microseconds == .max)
        #expect(Timestamp(microseconds: .max).seconds == most)
        #expect(Timestamp(microseconds: .min).seconds == -most - 1)
    }

    @Test(
        "Moments are in the order of their microseconds, and a longer span leads further",
        arguments: 0..<20 as Range<UInt64>)
    func order(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let moment = Timestamp(microseconds: Int64(truncatingIfNeeded: generator.next()) / 4)
            let later = Timestamp(
                microseconds: moment.microseconds + Int64.random(in: 1...1_000_000, using: &generator))
            #expect(moment < later && !(later < moment) && moment <= moment && moment != later)
            #expect(moment.seconds <= later.seconds, "seed \(seed)")
            let span = Lifetime.seconds(Int64.random(in: 0...1_000_000_000, using: &generator))
            let longer = Lifetime.seconds(span.seconds + 1)
            #expect(span < longer)
            #expect(moment + span < moment + longer, "seed \(seed)")
            #expect(moment - longer < moment - span, "seed \(seed)")
            #expect((moment + span).seconds - moment.seconds == span.seconds, "seed \(seed)")
        }
    }

    @Test("A minute, an hour and a day have the seconds that they have")
    func units() {
        #expect(Lifetime.minutes(1) == .seconds(60))
        #expect(Lifetime.hours(1) == .minutes(60))
        #expect(Lifetime.days(1) == .hours(24))
    }
}
