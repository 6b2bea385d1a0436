import WatchwordCore

/// Which part of a list is asked for.
struct Page: Hashable, Sendable {
    var limit: Int64
    var offset: Int64

    /// The most that one answer lists, and what it lists where nothing is said.
    static let maximum: Int64 = 1_000
}

extension InputReader {
    /// By `limit` and `offset`, or by pages: the number of one counts where it is given, whatever offset there is.
    mutating func page() -> Page {
        let size = submission[.perPage] == nil ? InputName.limit : .perPage
        let limit = number(size, in: 1...Page.maximum, initial: Page.maximum)
        let farthest: Int64 = 1_000_000_000
        if submission[.page] != nil {
            return Page(limit: limit, offset: (number(.page, in: 1...farthest, initial: 1) - 1) * limit)
        }
        if submission[.pageIndex] != nil {
            return Page(limit: limit, offset: number(.pageIndex, in: 0...farthest, initial: 0) * limit)
        }
        return Page(limit: limit, offset: number(.offset, in: 0...farthest, initial: 0))
    }
}

extension Page {
    /// This part of a list that is at hand as a whole.
    func part<Item>(of items: [Item]) -> ArraySlice<Item> {
        items.dropFirst(Int(min(offset, Int64(items.count)))).prefix(Int(limit))
    }

    /// What an answer says of it.
    func paging(total: Int, count: Int) -> Paging { paging(total: Int64(total), count: count) }
    func paging(total: Int64, count: Int) -> Paging {
        Paging(total: total, limit: limit, offset: offset, count: Int64(count))
    }
}
