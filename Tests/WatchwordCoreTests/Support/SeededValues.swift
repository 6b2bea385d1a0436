import WatchwordCore

/// Values and choices by a seed: the same seed, the same values.
struct SeededValues {
    private var generator: SeededGenerator

    init(_ seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }

    mutating func text() -> String {
        let pieces = [
            "a", "Z", " ", "\"", "\\", "/", "\u{0}", "\u{1F}", "\n", "é", "e\u{301}", "\u{1F600}", "\u{2028}",
            "\u{FFFF}",
        ]
        return (0..<below(12)).map { _ in pieces[below(pieces.count)] }.joined()
    }

    mutating func value(depth: Int) -> Value {
        switch below(depth > 0 ? 8 : 6) {
        case 0: .null
        case 1: .bool(below(2) == 0)
        case 2: .int(Int64(truncatingIfNeeded: generator.next() >> UInt64(below(64))))
        case 3: .double(Double.random(in: -1e6...1e6, using: &generator))
        case 4, 5: .string(text())
        case 6: .array((0..<below(5)).map { _ in value(depth: depth - 1) })
        default: .object((0..<below(5)).map { .init("\($0)" + text(), value(depth: depth - 1)) })
        }
    }
}
