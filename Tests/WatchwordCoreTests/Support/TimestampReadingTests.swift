import Testing
import WatchwordCore

@Suite("Moments as other systems write them")
struct TimestampReadingTests {
    @Test(
        "are read from RFC 3339, SQL and bare dates",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1970-01-01", 0), ("2026-01-01T00:00:00Z", 1_767_225_600_000_000),
            ("2026-01-01 00:00:00", 1_767_225_600_000_000), ("2026-01-01T02:00:00+02:00", 1_767_225_600_000_000),
            ("2025-12-31 19:00:00.000-05", 1_767_225_600_000_000), ("2026-01-01t00:00:00.5z", 1_767_225_600_500_000),
            ("2026-01-01 00:00:00.123456789+0000", 1_767_225_600_123_456), ("2026-01-01T00:00Z", 1_767_225_600_000_000),
            ("1969-12-31T23:59:59Z", -1_000_000), ("2024-02-29", 1_709_164_800_000_000),
            ("2016-12-31T23:59:60Z", 1_483_228_800_000_000), ("0001-01-01", -62_135_596_800_000_000),
        ])
    func good(_ text: String, _ microseconds: Int64) {
        #expect(Timestamp(reading: text)?.microseconds == microseconds)
    }

    @Test(
        "are nothing where no such moment is",
        arguments: [
            "", "now", "2026", "2026-1-1", "2026-13-01", "2026-00-01", "2026-02-29", "2026-04-31", "2026-01-00",
            "2026-01-01T", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:61Z",
            "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00X", "2026-01-01T00:00:00Z ", " 2026-01-01",
            "2026-01-01T00:00:00+2", "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00+02:60", "20260101T000000Z",
            "２０２６-01-01", "2026-01-01T00:00:00.1234567890123Z", "+026-01-01",
        ])
    func bad(_ text: String) { #expect(Timestamp(reading: text) == nil) }

    @Test("come back as they were printed, over three thousand years")
    func roundTrip() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<2_000 {
            let moment = Timestamp(
                microseconds: Int64.random(in: -30_000_000_000_000_000...60_000_000_000_000_000, using: &generator))
            let text = CivilTime(moment).text(fraction: 6)
            #expect(Timestamp(reading: text) == moment, "seed 11, \(text)")
        }
    }
}
