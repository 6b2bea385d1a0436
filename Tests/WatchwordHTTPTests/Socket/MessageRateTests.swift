import Testing
import WatchwordCore

@testable import WatchwordHTTP

@Suite("the rate of a socket's messages")
struct MessageRateTests {
    private let start = Timestamp(seconds: 1_000)

    private func takes(_ rate: inout MessageRate, at now: Timestamp) -> Int {
        var taken = 0
        while rate.takes(now) { taken += 1 }
        return taken
    }

    @Test("ten seconds' worth may come at once, then as many a second as are allowed")
    func burst() {
        var rate = MessageRate(perSecond: 3, start)
        #expect(takes(&rate, at: start) == 30)
        #expect(takes(&rate, at: start + .seconds(1)) == 3)
        #expect(takes(&rate, at: start + .seconds(1)) == 0)
    }

    @Test("what was not used is kept up to ten seconds' worth, and a clock that goes back gives nothing")
    func bounds() {
        var rate = MessageRate(perSecond: 3, start)
        #expect(takes(&rate, at: start + .days(400)) == 30)
        #expect(takes(&rate, at: start) == 0)
    }
}
