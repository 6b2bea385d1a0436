import WatchwordCore

/// A request as the wire had it, before any meaning: what a codec parses and what it prints.
public struct WireRequest: Sendable, Equatable {
    public var method: String
    /// Percent-encoded, without the query.
    public var path: String
    /// Percent-encoded, without `?`; nothing if there is none.
    public var query: String?
    /// Names in lower case, in order, repeated where they were.
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]

    public init(
        method: String, path: String, query: String? = nil, headers: [(name: String, value: String)] = [],
        body: [UInt8] = []
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }

    /// The first field of that lower-case name; an empty one counts as absent.
    public func header(_ name: String) -> String? {
        guard let value = headers.first(where: { $0.name == name })?.value, !value.isEmpty else { return nil }
        return value
    }

    public static func == (left: WireRequest, right: WireRequest) -> Bool {
        left.method == right.method && left.path == right.path && left.query == right.query && left.body == right.body
            && left.headers.elementsEqual(right.headers) { $0.name == $1.name && $0.value == $1.value }
    }
}

/// A response as the wire will have it.
public struct WireResponse: Sendable, Equatable {
    public var status: Int
    /// As written, in order, Content-Type among them where there is a body.
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    /// Whether it holds a token or a key, and must not be kept by any cache (RFC 9111 section 5.2.2.5).
    public var isSecret: Bool

    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = [], isSecret: Bool = false)
    {
        self.status = status
        self.headers = headers
        self.body = body
        self.isSecret = isSecret
    }

    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name }?.value
    }

    public static func == (left: WireResponse, right: WireResponse) -> Bool {
        left.status == right.status && left.body == right.body && left.isSecret == right.isSecret
            && left.headers.elementsEqual(right.headers) { $0.name == $1.name && $0.value == $1.value }
    }
}
