import WatchwordCore

/// What a reply may know of the exchange besides what was granted or refused.
public struct ReplyContext: Sendable {
    /// The realm's public origin.
    public var baseURL: String
    /// The request and its path's parameters, as far as they were read; nothing where there was none to read.
    public var contents: RequestContents?
    /// `$request.id`: the same in the log.
    public var id = ""
    /// `$request.time`: the moment of the answer.
    public var time = Timestamp(seconds: 0)
    /// The session that asks, for `$it.current`.
    public var session: Session.ID?

    public init(baseURL: String, contents: RequestContents? = nil) {
        self.baseURL = baseURL
        self.contents = contents
    }

    public var request: WireRequest? { contents?.request }
}
