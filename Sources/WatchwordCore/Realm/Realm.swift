/// An isolated namespace of accounts, keys and sessions, and the terms on which it issues them.
public struct Realm: Hashable, Sendable {
    public typealias ID = WatchwordCore.ID<Realm>

    public var id: ID
    /// The public origin, without a slash at its end: links in mail start with it, and it is the `iss` claim.
    public var publicURL: String
    public var terms: Terms
    /// The terms of the other dialects that the realm speaks, whose tokens and keys are good here too.
    public var siblings: [Terms] = []
    /// Which of the notices its people are sent; what is not one is always sent.
    public var notices = Mail.Kind.notices

    public init(id: ID, publicURL: String, terms: Terms) {
        self.id = id
        self.publicURL = publicURL
        self.terms = terms
    }
}
