import WatchwordHTTP

/// What an operator decides of a realm's answers to reverse proxies.
public struct ForwardAuthConfiguration: Sendable, Equatable {
    public var path: String
    /// The dialect's list of carriers; nothing for those of its access tokens.
    public var credentials: String?
    public var role: String?
    public var requiresVerified = false
    public var headers = ForwardAuthSettings.Headers()

    public init(path: String) { self.path = path }
}
