/// What one listener spends on a client it does not know.
public struct ListenerLimits: Hashable, Sendable {
    /// The bytes of all header field names and values, and of the request target, together.
    public var headerBytes = 16 * 1_024
    /// The header fields of a request, trailers included.
    public var headerFields = 100
    /// The bytes of the request target.
    public var targetBytes = 8 * 1_024
    /// The bytes of a request body, after any transfer coding.
    public var bodyBytes = 64 * 1_024
    /// Connections served at once; those beyond are answered `busy` and closed.
    public var connections = 4_096
    /// Requests waiting on one connection behind the one being answered (RFC 9112 section 9.3.2).
    public var pipelinedRequests = 64

    /// From the first byte of a request, or from the start of a connection, to the end of the header.
    public var headerTime = Duration.seconds(10)
    /// From the end of the header to the end of the body.
    public var bodyTime = Duration.seconds(30)
    /// Between requests of one connection.
    public var idleTime = Duration.seconds(60)
    /// For the client to take a response.
    public var writeTime = Duration.seconds(30)
    /// For the client to read a last response while it may still be sending.
    public var lingerTime = Duration.seconds(2)

    public init() {}
}
