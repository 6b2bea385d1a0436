/// How often things may be tried, where a contract says so; where it does not, the server's own limits stand.
public struct LimitTerms: Hashable, Sendable {
    /// Costly requests of one client address.
    public var address: Rate?
    /// Failed attempts at one account from one address.
    public var attempts: Rate?
    /// Mails asked for one mailbox.
    public var mailbox: Rate?
    /// Requests of one API key.
    public var apiKey: Rate?

    /// So many at once, and so many in each span.
    public struct Rate: Hashable, Sendable {
        /// At least 1.
        public var count: Int64
        public var span: Lifetime

        public init(_ count: Int64, in span: Lifetime) {
            self.count = count
            self.span = span
        }
    }

    public init() {}
}
