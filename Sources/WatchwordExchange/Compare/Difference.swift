/// One place at which two answers to the same request differ, as a client could notice.
public struct Difference: Sendable, Hashable {
    /// The exchange's number in its file, from 1.
    public var exchange: Int
    /// `status`, `header content-type`, `body.detail[0].msg`, `body.access_token.claims.aud`.
    public var place: String
    public var ours: String
    public var theirs: String

    public init(exchange: Int, place: String, ours: String, theirs: String) {
        self.exchange = exchange
        self.place = place
        self.ours = ours
        self.theirs = theirs
    }
}
