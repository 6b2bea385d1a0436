import Testing
import WatchwordCore

@Suite("Civil time")
struct CivilTimeTests {
    @Test(
        "moments are written as GNU date writes them",
        arguments: [
            (0, "1970-01-01T00:00:00Z", 4), (-1, "1969-12-31T23:59:59Z", 3), (951_782_400, "2000-02-29T00:00:00Z", 2),
            (4_107_542_399, "2100-02-28T23:59:59Z", 0), (4_107_542_400, "2100-03-01T00:00:00Z", 1),
            (1_795_239_000, "2026-11-21T05:30:00Z", 6), (-62_167_219_200, "0000-01-01T00:00:00Z", 6),
        ] as [(Int64, String, Int64)])
    func known(seconds: Int64, text: String, weekday: Int64) {
        let time = CivilTime(Timestamp(seconds: seconds))
        #expect(time.text() == text)
        #expect(time.weekday == weekday)
    }

    @Test("a fraction is cut to the digits asked for")
    func fraction() {
        let time = CivilTime(Timestamp(microseconds: 1_999_999))
        #expect(time.text(fraction: 3) == "1970-01-01T00:00:01.999Z")
        #expect(time.text(fraction: 6, separator: " ", zone: "") == "1970-01-01 00:00:01.999999")
        #expect(CivilTime(Timestamp(microseconds: -1)).text(fraction: 6) == "1969-12-31T23:59:59.999999Z")
    }

    @Test("every day of four centuries follows the one before")
    func successive() {
        var previous = CivilTime(Timestamp(seconds: -12_219_292_800))
        for day in 1...146_097 {
            let time = CivilTime(Timestamp(seconds: -12_219_292_800 + Int64(day) * 86_400))
            let isNext =
                time.day == previous.day + 1 && time.month == previous.month && time.year == previous.year
                || time.day == 1 && time.month == previous.month + 1 && time.year == previous.year
                || time.day == 1 && time.month == 1 && previous.month == 12 && time.year == previous.year + 1
            #expect(isNext && time.weekday == (previous.weekday + 1) % 7)
            previous = time
        }
    }

    @Test(
        "moments before the year 0 are as regular",
        arguments: [
            // Days since 1970-01-01: the ends of an era of 400 years, and of its first century.
            (-719_468, 0, 3, 1), (-719_469, 0, 2, 29), (-719_470, 0, 2, 28), (-719_528, 0, 1, 1),
            (-719_529, -1, 12, 31), (-865_565, -400, 3, 1), (-865_566, -400, 2, 29), (-865_567, -400, 2, 28),
            (-755_993, -100, 3, 1), (-755_994, -100, 2, 28),
        ] as [(Int64, Int64, Int64, Int64)])
    func beforeYearZero(days: Int64, year: Int64, month: Int64, day: Int64) {
        let time = CivilTime(Timestamp(seconds: days * 86_400))
        #expect(time.year == year && time.month == month && time.day == day, "\(time)")
        // Seven days a week, since the Thursday of 1970-01-01.
        #expect(time.weekday == ((days % 7) + 4 + 7) % 7)
    }

    @Test("the time of day is the rest of the day, to the microsecond, before the epoch as after it")
    func timeOfDay() {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<500 {
            let day = Int64.random(in: -800_000...800_000, using: &generator)
            let rest = Int64.random(in: 0..<86_400_000_000, using: &generator)
            let time = CivilTime(Timestamp(microseconds: day * 86_400_000_000 + rest))
            let told = ((time.hour * 60 + time.minute) * 60 + time.second) * 1_000_000 + time.microsecond
            #expect(told == rest, "seed 5, day \(day)")
            #expect((0..<24).contains(time.hour) && (0..<60).contains(time.minute) && (0..<60).contains(time.second))
            #expect((0..<1_000_000).contains(time.microsecond))
        }
    }

    @Test("every moment that can be told has a date, the first and the last as well")
    func ends() {
        let first = CivilTime(Timestamp(microseconds: .min))
        #expect(first.year == -290_308 && first.month == 12 && first.day == 21)
        #expect(first.hour == 19 && first.minute == 59 && first.second == 5 && first.microsecond == 224_192)
        // As GNU date tells 9223372036854 s.
        let last = CivilTime(Timestamp(microseconds: .max))
        #expect(last.text(fraction: 6) == "294247-01-10T04:00:54.775807Z")
    }

    @Test("a date that has no year of four digits is not read as another one")
    func otherYears() {
        for microseconds in [Int64.min, -62_167_219_200_000_001, 253_402_300_800_000_000, .max] {
            let text = CivilTime(Timestamp(microseconds: microseconds)).text(fraction: 6)
            #expect(Timestamp(reading: text) == nil, "\(text)")
        }
    }

    @Test("texts of one length are in the order of their moments", arguments: [0, 3, 6])
    func order(_ digits: Int) {
        var generator = SeededGenerator(seed: 8)
        var moments = (0..<300).map { _ in
            Timestamp(
                microseconds: Int64.random(in: -62_167_219_200_000_000...253_402_300_799_999_999, using: &generator))
        }
        moments.sort()
        let texts = moments.map { CivilTime($0).text(fraction: digits) }
        #expect(texts == texts.sorted())
        #expect(Set(texts.map(\.utf8.count)) == [20 + (digits == 0 ? 0 : digits + 1)])
    }
}
