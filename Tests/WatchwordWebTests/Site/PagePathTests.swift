import Testing

@testable import WatchwordWeb

@Suite("the paths of pages")
struct PagePathTests {
    @Test("a slash too many changes nothing")
    func slashes() {
        #expect(PagePath("/account//keys/") == PagePath("/account/keys"))
    }
}
