import Testing
import WatchwordCore

@Suite("Parts of a list")
struct PagingTests {
    @Test(
        "know their page, how many there are, and whether something follows",
        arguments: [
            // total, limit, offset, count: page, pages, more
            (Paging(total: 0, limit: 10, offset: 0, count: 0), 1, 0, false),
            (Paging(total: 1, limit: 10, offset: 0, count: 1), 1, 1, false),
            (Paging(total: 10, limit: 10, offset: 0, count: 10), 1, 1, false),
            (Paging(total: 11, limit: 10, offset: 0, count: 10), 1, 2, true),
            (Paging(total: 11, limit: 10, offset: 10, count: 1), 2, 2, false),
            (Paging(total: 20, limit: 10, offset: 9, count: 10), 1, 2, true),
            (Paging(total: 20, limit: 10, offset: 10, count: 10), 2, 2, false),
            (Paging(total: 21, limit: 10, offset: 10, count: 10), 2, 3, true),
            (Paging(total: 3, limit: 1, offset: 1, count: 1), 2, 3, true),
            // Past the end there is nothing, and nothing follows.
            (Paging(total: 5, limit: 2, offset: 8, count: 0), 5, 3, false),
        ])
    func pages(_ paging: Paging, _ page: Int64, _ pages: Int64, _ hasMore: Bool) {
        #expect(paging.page == page)
        #expect(paging.pages == pages)
        #expect(paging.hasMore == hasMore)
    }

    @Test("of no length have no pages, and trap nothing")
    func empty() {
        let counted = Paging(total: 7, limit: 0, offset: 0, count: 0)
        #expect(counted.page == 1)
        #expect(counted.pages == 0)
        #expect(counted.hasMore)
    }

    @Test("of one size make up the whole, each item in just one of them")
    func whole() {
        for total in 0...25 as ClosedRange<Int64> {
            for limit in 1...7 as ClosedRange<Int64> {
                var seen: Int64 = 0
                var pages: Int64 = 0
                var hasMore = total > 0
                while hasMore {
                    let part = Paging(total: total, limit: limit, offset: seen, count: min(limit, total - seen))
                    seen += part.count
                    pages += 1
                    hasMore = part.hasMore
                    #expect(part.page == pages)
                    #expect(pages <= total)
                    guard pages <= total else { return }
                }
                #expect(seen == total)
                #expect(Paging(total: total, limit: limit, offset: 0, count: 0).pages == pages)
            }
        }
    }
}
