@testable import WatchwordHTTP

// What a server waits for, where a test is about something else: on a busy machine a client of a test may be kept from
// its turn for longer than the program would wait for it.

private let hour = Duration.seconds(3_600)

extension ListenerLimits {
    static var patient: ListenerLimits {
        var limits = ListenerLimits()
        (limits.headerTime, limits.bodyTime, limits.idleTime, limits.writeTime) = (hour, hour, hour, hour)
        return limits
    }
}

extension SocketSettings {
    static var patient: SocketSettings {
        var settings = SocketSettings()
        (settings.pingEvery, settings.pongWithin, settings.writeTime, settings.closeTime) = (hour, hour, hour, hour)
        return settings
    }
}

extension SocketLimits {
    static var patient: SocketLimits {
        var limits = SocketLimits()
        (limits.pingEvery, limits.pongWithin, limits.authenticationTime) = (hour, hour, hour)
        (limits.terminalOpenTime, limits.terminalInputTime) = (hour, hour)
        return limits
    }
}
