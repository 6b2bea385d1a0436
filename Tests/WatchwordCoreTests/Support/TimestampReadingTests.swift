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
            // RFC 3339 section 5.8.
            ("1985-04-12T23:20:50.52Z", 482_196_050_520_000), ("1996-12-19T16:39:57-08:00", 851_042_397_000_000),
            ("1990-12-31T23:59:60Z", 662_688_000_000_000), ("1990-12-31T15:59:60-08:00", 662_688_000_000_000),
            ("1937-01-01T12:00:27.87+00:20", -1_041_337_172_130_000),
            // The first and the last day that four digits can write.
            ("0000-01-01", -62_167_219_200_000_000), ("0000-02-29", -62_162_121_600_000_000),
            ("0000-03-01", -62_162_035_200_000_000), ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
            ("2000-02-29", 951_782_400_000_000), ("2026-12-31", 1_798_675_200_000_000),
            // The bounds of each part.
            ("2026-01-01T23:59:59Z", 1_767_311_999_000_000), ("2026-01-01T23:59:60Z", 1_767_312_000_000_000),
            ("2026-01-01T00:00:00+23:59", 1_767_139_260_000_000), ("2026-01-01T00:00:00-23:59", 1_767_311_940_000_000),
            ("2026-01-01T00:00:00-0130", 1_767_231_000_000_000), ("2026-01-01T00:00+00", 1_767_225_600_000_000),
            ("2026-01-01T00:00:00.1Z", 1_767_225_600_100_000), ("2026-01-01T00:00:00.000001Z", 1_767_225_600_000_001),
            ("2026-01-01T00:00:00.0000009Z", 1_767_225_600_000_000),
            ("2026-01-01T00:00:00.123456789012Z", 1_767_225_600_123_456),
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
            "1900-02-29", "2100-02-29", "2026-02-30", "2026-06-31", "2026-09-31", "2026-11-31", "2026-01-32",
            "2026-12-32", "10000-01-01", "-001-01-01", "2026/01/01", "2026-01/01", "2026-01-01X00:00:00Z",
            "2026-01-01T23", "2026-01-01T23:5", "2026-01-01T2:50:00Z", "2026-01-01T00:00:0Z", "2026-01-01T00-00-00Z",
            "2026-01-01T00:00:00ZZ", "2026-01-01T00:00:00+", "2026-01-01T00:00:00+0", "2026-01-01T00:00:00+02:0",
            "2026-01-01T00:00:00+02:", "2026-01-01T00:00:00+020", "2026-01-01T00:00:00+02:00Z", "2026-01-01Z",
            "2026-01-01T00:00:00,5Z", "2026-01-01T00:00:00. 5Z", "2026-01-01T00:00:00.5.5Z", "2026-01-01T-1:00:00Z",
            "2026-01-01T00:00:00-/0:00", "2026-01-01T00:00:00:00", "2026-01-0:", "2026-01-0/",
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

    @Test("A zone moves a moment by its hours and minutes, in whichever way it is written", arguments: ["", ":"])
    func zones(_ colon: String) {
        let base = Timestamp(reading: "2026-06-15T12:00:00Z")?.microseconds ?? 0
        for minutes in stride(from: 0 as Int64, to: 24 * 60, by: 7) {
            let digits = { (number: Int64) in String(number + 100).dropFirst() }
            let zone = "\(digits(minutes / 60))\(colon)\(digits(minutes % 60))"
            let ahead = Timestamp(reading: "2026-06-15T12:00:00+" + zone)
            let behind = Timestamp(reading: "2026-06-15 12:00:00-" + zone)
            #expect(ahead?.microseconds == base - minutes * 60_000_000, "\(zone)")
            #expect(behind?.microseconds == base + minutes * 60_000_000, "\(zone)")
        }
    }

    @Test("Whatever text it is given, it traps on none", arguments: 0..<20 as Range<UInt64>)
    func hostile(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let good = Array("2026-01-01T00:00:00.123456+02:00".utf8)
        let characters = Array("0123456789-+:.TtZz \u{0}/;é".utf8)
        for _ in 0..<300 {
            var text = Array(good.prefix(Int.random(in: 0...good.count, using: &generator)))
            for _ in 0..<3 where !text.isEmpty {
                text[Int(generator.next() % UInt64(text.count))] =
                    characters[Int(generator.next() % UInt64(characters.count))]
            }
            let written = String(decoding: text, as: UTF8.self)
            guard let moment = Timestamp(reading: written) else { continue }
            #expect(Timestamp(reading: CivilTime(moment).text(fraction: 6)) == moment, "seed \(seed): \(written)")
        }
    }
}
