import Testing
import WatchwordCore

@testable import WatchwordWeb

@Suite struct ShownTimeTests {
    @Test("A moment is shown to the minute, in UTC, for people and for machines")
    func minute() {
        let shown = shown(Timestamp(seconds: 1_795_272_525))
        #expect(shown["iso"] as? String == "2026-11-21T14:48:45Z")
        #expect(shown["text"] as? String == "21 Nov 2026, 14:48 UTC")
    }

    @Test("Single digits stand alone in the day and padded in the time")
    func padding() {
        #expect(shown(Timestamp(seconds: 0))["text"] as? String == "1 Jan 1970, 00:00 UTC")
    }
}
