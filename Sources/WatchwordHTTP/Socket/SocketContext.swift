import WatchwordCore
import WatchwordDialect

/// What the messages of one socket may tell of the request that opened it: neither its query nor its header, which held
/// secrets and would be kept as long as the socket is open.
final class SocketContext: Sendable {
    /// `$request.id`.
    let id: String
    private let baseURL: String
    private let path: String
    private let parameters: [(name: String, value: String)]
    private let session: Session.ID?
    private let clock: any WallClock

    init(_ context: ReplyContext, path: String, clock: any WallClock) {
        id = context.id
        baseURL = context.baseURL
        self.path = path
        parameters = context.contents?.parameters ?? []
        session = context.session
        self.clock = clock
    }

    /// For a message of this moment.
    var now: ReplyContext {
        let contents = RequestContents(WireRequest(method: "GET", path: path), parameters: parameters)
        var context = ReplyContext(baseURL: baseURL, contents: contents)
        context.id = id
        context.time = clock.now()
        context.session = session
        return context
    }
}
