import WatchwordCore
import WatchwordDialect

/// What the messages of one socket may tell of the request that opened it: neither its query nor its header, which held
/// secrets and would be kept as long as the socket is open.
final class SocketContext: Sendable {
    private let opened: ReplyContext
    private let clock: any WallClock

    init(_ context: ReplyContext, path: String, clock: any WallClock) {
        var opened = context
        opened.contents = RequestContents(
            WireRequest(method: "GET", path: path), parameters: context.contents?.parameters ?? [])
        self.opened = opened
        self.clock = clock
    }

    /// `$request.id`.
    var id: String { opened.id }

    /// For a message of this moment.
    var now: ReplyContext {
        var context = opened
        context.time = clock.now()
        return context
    }
}
