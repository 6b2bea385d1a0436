import WatchwordCore
import WatchwordDialect

/// What a listener answers beside its dialects: pages for people.
///
/// It is asked only about what no dialect of the listener knows: a path, or a method of a path. CORS is never granted
/// for what it answers, and the answer's own fields for browsers stay as they are.
public struct Site: Sendable {
    /// Whether it answers that method of that path, be it to say that it has no such page.
    public var claims: @Sendable (WireRequest) -> Bool
    /// The answer, to HEAD that of GET. `isSecure`: whether the client came by TLS, as far as this server or a trusted
    /// proxy can say. What it throws is logged under an id, and answered by `failure`.
    public var respond: @Sendable (WireRequest, Caller, _ isSecure: Bool) async throws -> WireResponse
    /// What is said of a fault: that id and nothing more. Without an id the server is stopping.
    public var failure: @Sendable (_ id: String) -> WireResponse
    /// What records call the request's page: a path in which ids, tokens and whatever else a client chose are left out.
    public var name: @Sendable (WireRequest) -> String

    public init(
        claims: @escaping @Sendable (WireRequest) -> Bool,
        respond: @escaping @Sendable (WireRequest, Caller, _ isSecure: Bool) async throws -> WireResponse,
        failure: @escaping @Sendable (_ id: String) -> WireResponse,
        name: @escaping @Sendable (WireRequest) -> String
    ) {
        self.claims = claims
        self.respond = respond
        self.failure = failure
        self.name = name
    }
}
