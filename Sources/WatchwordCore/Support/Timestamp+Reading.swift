extension Timestamp {
    /// The moment that a text names: RFC 3339 (`2026-11-21T05:30:00.25Z`, `+02:00`), the same as SQL writes it (a space
    /// for the `T`, no zone for UTC, `+02`), or a date alone for its first moment in UTC. Digits beyond microseconds are
    /// cut. Nothing for any other text, or for a day that no calendar has.
    public init?(reading text: String) {
        var rest = Array(text.utf8)[...]
        guard let date = Self.date(&rest) else { return nil }
        var micros = date * 86_400_000_000
        if let mark = rest.first {
            guard mark == UInt8(ascii: "T") || mark == UInt8(ascii: "t") || mark == UInt8(ascii: " ") else {
                return nil
            }
            rest.removeFirst()
            guard let time = Self.time(&rest), let offset = Self.offset(&rest), rest.isEmpty else { return nil }
            micros += time - offset
        }
        self.init(microseconds: micros)
    }

    /// Days since 1970-01-01 of `YYYY-MM-DD`.
    private static func date(_ text: inout ArraySlice<UInt8>) -> Int64? {
        guard let year = digits(4, &text), skip("-", &text), let month = digits(2, &text), skip("-", &text),
            let day = digits(2, &text)
        else { return nil }
        // Years that begin in March put the leap day at their end (see CivilTime).
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        // A month or a day that there is not, such as the 31st of a month of 30 days, comes out as another.
        let back = CivilTime(Timestamp(seconds: days * 86_400))
        return back.month == month && back.day == day ? days : nil
    }

    /// Microseconds of `HH:MM`, with seconds and their fraction if they are there. A leap second is the next one.
    private static func time(_ text: inout ArraySlice<UInt8>) -> Int64? {
        guard let hour = digits(2, &text), skip(":", &text), let minute = digits(2, &text), hour < 24, minute < 60
        else { return nil }
        var micros = (hour * 60 + minute) * 60_000_000
        guard skip(":", &text) else { return micros }
        guard let second = digits(2, &text), second <= 60 else { return nil }
        micros += second * 1_000_000
        guard skip(".", &text) else { return micros }
        var place: Int64 = 100_000
        var count = 0
        while let digit = text.first, (0x30...0x39).contains(digit) {
            micros += Int64(digit - 0x30) * place
            place /= 10
            count += 1
            text.removeFirst()
        }
        return (1...12).contains(count) ? micros : nil
    }

    /// Microseconds that a zone is ahead of UTC; nothing written is UTC.
    private static func offset(_ text: inout ArraySlice<UInt8>) -> Int64? {
        if text.isEmpty || skip("Z", &text) || skip("z", &text) { return 0 }
        let isBehind = text.first == UInt8(ascii: "-")
        guard skip("+", &text) || skip("-", &text), let hours = digits(2, &text), hours < 24 else { return nil }
        let minutes = skip(":", &text) || !text.isEmpty ? digits(2, &text) : 0
        guard let minutes, minutes < 60 else { return nil }
        return (hours * 60 + minutes) * (isBehind ? -60_000_000 : 60_000_000)
    }

    private static func digits(_ count: Int, _ text: inout ArraySlice<UInt8>) -> Int64? {
        let found = text.prefix(count)
        guard found.count == count, found.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        text.removeFirst(count)
        return found.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    private static func skip(_ character: Unicode.Scalar, _ text: inout ArraySlice<UInt8>) -> Bool {
        guard text.first == UInt8(ascii: character) else { return false }
        text.removeFirst()
        return true
    }
}
