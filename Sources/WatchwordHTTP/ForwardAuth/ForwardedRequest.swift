import WatchwordDialect

/// The client's request as a proxy retells it.
struct ForwardedRequest {
    /// Its method and target where the proxy states them; its fields; never a body.
    let request: WireRequest
    /// The host that the client asked.
    let host: String?

    init(_ asked: WireRequest) {
        var request = asked
        if let method = asked.header("x-forwarded-method") { request.method = method.uppercased() }
        // The query of the question itself is the proxy's, so none of the client's is lost to it.
        request.query = nil
        if let target = asked.header("x-forwarded-uri") {
            let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
            request.path = String(parts[0])
            if parts.count == 2 { request.query = String(parts[1]) }
        }
        request.body = []
        self.request = request
        host = asked.header("x-forwarded-host") ?? asked.header("host")
    }

    /// Whether it changes nothing (RFC 9110 section 9.2.1).
    var isSafe: Bool { ["GET", "HEAD", "OPTIONS", "TRACE"].contains(request.method) }
}

/// The pairs of a query, decoded; those with broken escapes are left out.
enum QueryText {
    static func pairs(_ query: String) -> [(name: String, value: String)] {
        query.split(separator: "&").compactMap { part in
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = FieldText.decode(halves[0]),
                let value = halves.count == 2 ? FieldText.decode(halves[1]) : ""
            else { return nil }
            return (name, value)
        }
    }
}
