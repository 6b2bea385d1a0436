import WatchwordCore

/// Which part of a list is asked for.
struct Page: Hashable, Sendable {
    var limit: Int64
    var offset: Int64

    /// The most that one answer lists, and what it lists where nothing is said.
    static let maximum: Int64 = 1_000
}

extension InputReader {
    mutating func page() -> Page {
        Page(
            limit: number(.limit, in: 1...Page.maximum, initial: Page.maximum),
            offset: number(.offset, in: 0...1_000_000_000, initial: 0))
    }
}
