import WatchwordCore

/// What a reply may know of the exchange besides what was granted or refused.
public struct ReplyContext: Sendable {
    /// The realm's public origin.
    public var baseURL: String
    /// Nothing where the request could not be read.
    public var request: WireRequest?
    /// What the path's parameters held.
    public var parameters: [(name: String, value: String)] = []
    /// `$request.id`: the same in the log.
    public var id = ""
    /// `$request.time`: the moment of the answer.
    public var time = Timestamp(seconds: 0)
    /// The session that asks, for `$it.current`.
    public var session: Session.ID?

    public init(baseURL: String, request: WireRequest? = nil) {
        self.baseURL = baseURL
        self.request = request
    }
}
