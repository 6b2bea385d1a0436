import WatchwordCore
import WatchwordTestKit

/// Texts that break careless writers, by a seed.
struct SeededText {
    private var generator: WatchwordTestKit.SeededGenerator

    init(_ seed: UInt64) { generator = WatchwordTestKit.SeededGenerator(seed: seed) }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &generator) }

    mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }

    mutating func text(_ pieces: [String] = hostile) -> String {
        (0..<below(10)).map { _ in pick(pieces) }.joined()
    }

    mutating func bytes() -> [UInt8] {
        var bytes = Array(text(Self.hostile + ["{\"email\":\"", "\":{", "email=", "[", "\\u00"]).utf8)
        for _ in 0..<below(3) where !bytes.isEmpty { bytes[below(bytes.count)] = UInt8(below(256)) }
        return bytes
    }

    static let hostile = [
        "a", "Z", "0", "\"", "\\", "\\u0000", "/", "..", "&", "=", "+", "%", "%41", ";", ",", ":", "{", "}", "$x", " ",
        "\u{0}", "\u{1F}", "\r\n", "\u{7F}", "é", "e\u{301}", "\u{1F600}", "\u{2028}", "\u{FEFF}", "\u{FFFF}", "null",
        // Marks that make one character of themselves and of what stands before or behind them.
        "\u{301}", "\u{600}", "\u{200D}", "\u{FE0F}",
    ]

    /// Texts that a path segment can hold.
    mutating func segment() -> String {
        "x" + text(Self.hostile.filter { !$0.contains("/") && !$0.contains("\u{0}") })
    }
}
