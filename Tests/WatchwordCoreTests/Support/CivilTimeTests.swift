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
}
