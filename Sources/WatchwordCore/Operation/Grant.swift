/// What an operation granted: the outputs of its signature, no more.
public struct Grant: Sendable, Equatable {
    public var user: Account?
    public var users: [Account] = []
    public var access: IssuedToken?
    public var refresh: IssuedToken?
    /// What opens one socket, once.
    public var ticket: IssuedToken?
    public var session: Session?
    public var sessions: [Session] = []
    public var apiKey: IssuedAPIKey?
    public var apiKeys: [APIKey] = []
    public var agent: Agent?
    public var agents: [Agent] = []
    /// Which part of a list this is.
    public var paging: Paging?
    /// Of `introspect`: whether the token is good (RFC 7662 section 2.2).
    public var active: Bool?
    /// The realm's public keys: an array of JWKs, the `keys` of a JWK Set (RFC 7517 section 5.1).
    public var keySet: Value?

    public init() {}
}

/// Which part of a list was asked for and is given.
public struct Paging: Hashable, Sendable {
    /// How many items there are in all.
    public var total: Int64
    /// The most items one part has.
    public var limit: Int64
    /// How many items stand before this part.
    public var offset: Int64
    /// How many this part has.
    public var count: Int64

    public init(total: Int64, limit: Int64, offset: Int64, count: Int64) {
        self.total = total
        self.limit = limit
        self.offset = offset
        self.count = count
    }

    /// The number of this page, from 1.
    public var page: Int64 { limit > 0 ? offset / limit + 1 : 1 }
    /// How many pages there are; none where there is nothing.
    public var pages: Int64 { limit > 0 ? (total + limit - 1) / limit : 0 }
    /// Whether something stands after this part.
    public var hasMore: Bool { offset + count < total }
}
