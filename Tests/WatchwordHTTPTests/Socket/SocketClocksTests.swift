import NIOCore
import Testing
import WatchwordCore

@testable import WatchwordHTTP

@Suite("what is due on a WebSocket")
struct SocketClocksTests {
    private let wall = Timestamp(seconds: 1_000)
    private let settings: SocketSettings = {
        var settings = SocketSettings()
        settings.pingEvery = .seconds(30)
        settings.pongWithin = .seconds(15)
        settings.writeTime = .seconds(20)
        return settings
    }()

    private func at(_ seconds: UInt64) -> NIODeadline { .uptimeNanoseconds(seconds * 1_000_000_000) }

    private func clocks(authenticateWithin: Duration? = nil) -> SocketClocks {
        SocketClocks(now: at(0), authenticateWithin: authenticateWithin)
    }

    private func due(_ clocks: inout SocketClocks, _ second: UInt64, isReading: Bool = true, wall: Timestamp? = nil)
        -> SocketClocks.Due?
    {
        clocks.due(at(second), wall ?? self.wall, isReading: isReading, settings)
    }

    @Test("a silent client is pinged, and ended when it does not answer")
    func silence() {
        var clocks = clocks()
        #expect(clocks.next(settings) == at(30))
        #expect(due(&clocks, 29) == nil)
        #expect(due(&clocks, 30) == .ping)
        #expect(clocks.next(settings) == at(45))
        #expect(due(&clocks, 44) == nil)
        #expect(due(&clocks, 45) == .end(.silent))
    }

    @Test("a sign of life puts both off")
    func life() {
        var clocks = clocks()
        clocks.heard(at(10))
        #expect(clocks.next(settings) == at(40))
        #expect(due(&clocks, 30) == nil)
        #expect(due(&clocks, 40) == .ping)
        clocks.heard(at(41))
        #expect(due(&clocks, 60) == nil)
        #expect(due(&clocks, 71) == .ping)
    }

    @Test("silence counts only while this side listens; a ping finds out whether anybody is there all the same")
    func deaf() {
        var clocks = clocks()
        #expect(due(&clocks, 30, isReading: false) == .ping)
        #expect(clocks.next(settings) == at(60))
        #expect(due(&clocks, 60) == .ping)
        #expect(due(&clocks, 75, isReading: false) == .ping)
        #expect(due(&clocks, 105) == .ping)
    }

    @Test("a write that is not taken in time ends it, however many others were")
    func writes() {
        var clocks = clocks()
        clocks.wrote(at(1))
        clocks.wrote(at(5))
        #expect(clocks.next(settings) == at(21))
        clocks.written()
        #expect(due(&clocks, 21) == nil)
        #expect(clocks.next(settings) == at(25))
        #expect(due(&clocks, 25) == .end(.tooSlow))
        clocks.written()
        clocks.written()
        #expect(due(&clocks, 26) == nil)
    }

    @Test("nothing that authenticates in time ends it")
    func authentication() {
        var late = clocks(authenticateWithin: .seconds(10))
        #expect(late.next(settings) == at(10))
        late.heard(at(9))
        #expect(due(&late, 10) == .end(.authenticationDue))
        var known = clocks(authenticateWithin: .seconds(10))
        known.authenticated()
        #expect(due(&known, 10) == nil)
    }

    @Test("it ends when its token does, by the wall clock")
    func expiry() {
        var clocks = clocks()
        clocks.expire(at: Timestamp(seconds: 1_010), at(0), wall)
        #expect(clocks.next(settings) == at(10))
        // The wall clock was put back meanwhile.
        #expect(due(&clocks, 10, wall: Timestamp(seconds: 1_005)) == nil)
        #expect(clocks.next(settings) == at(15))
        #expect(due(&clocks, 15, wall: Timestamp(seconds: 1_010)) == .end(.tokenExpired))
    }

    @Test("a later end, or none, takes the place of the earlier")
    func renewal() {
        var clocks = clocks()
        clocks.expire(at: Timestamp(seconds: 1_010), at(0), wall)
        clocks.expire(at: Timestamp(seconds: 1_025), at(5), Timestamp(seconds: 1_005))
        #expect(due(&clocks, 10, wall: Timestamp(seconds: 1_010)) == nil)
        #expect(due(&clocks, 25, wall: Timestamp(seconds: 1_025)) == .end(.tokenExpired))
        clocks.expire(at: nil, at(25), Timestamp(seconds: 1_025))
        #expect(due(&clocks, 26, wall: Timestamp(seconds: 1_025)) == nil)
    }

    @Test("an end that has passed is due at once, and one that never comes does not overflow")
    func extremes() {
        var past = clocks()
        past.expire(at: Timestamp(microseconds: .min), at(0), wall)
        #expect(past.next(settings) == at(0))
        #expect(due(&past, 0) == .end(.tokenExpired))
        var never = clocks()
        never.expire(at: Timestamp(microseconds: .max), at(0), Timestamp(microseconds: .min))
        never.heard(at(3_590))
        #expect(due(&never, 3_600) == nil)
        #expect(never.next(settings) == at(3_620))
    }

    @Test("towards the end nothing else is due, and the end does not wait for ever")
    func closing() {
        var clocks = clocks(authenticateWithin: .seconds(1))
        clocks.wrote(at(0))
        clocks.closing(by: at(100))
        #expect(clocks.next(settings) == at(100))
        #expect(due(&clocks, 99) == nil)
        clocks.closing(by: at(200))
        #expect(due(&clocks, 100) == .drop)
    }
}
