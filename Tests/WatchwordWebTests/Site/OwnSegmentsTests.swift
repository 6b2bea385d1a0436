import Testing
import WatchwordCore
import WatchwordDialect

@testable import WatchwordWeb

@Suite("The segments that pages have for themselves")
struct OwnSegmentsTests {
    @Test("no dialect can call its agents by one of them")
    func known() {
        var terms = Terms()
        terms.apiKeys = APIKeyTerms()
        let routes = EntryRoutes.all + AccountRoutes.first + AccountRoutes.all(terms)
        let segments = Set(routes.compactMap { $0.pattern.split(separator: "/").first.map(String.init) })
        #expect(segments.count > 8)
        #expect(segments.subtracting(PagesTerms.ownSegments).isEmpty)
        #expect(PagesTerms.ownSegments.subtracting(segments) == ["assets"])
    }
}
