import WatchwordDialect

/// Which web pages of other origins may read answers: the Fetch standard's CORS protocol, off without origins.
///
/// Answers never allow credentials mode: a page that may call sends its token itself, so a cookie that a browser would
/// attach on its own opens nothing.
struct CrossOrigin: Sendable {
    private let origins: Set<String>
    /// The request fields that routes of the dialect read.
    private let headers: String

    init(_ origins: [String], dialect: CompiledDialect) {
        self.origins = Set(origins)
        var names: Set<String> = ["authorization", "content-type"]
        for route in dialect.routes.map(\.route) {
            for carrier in route.carriers ?? [] {
                if case .header(let name, _) = carrier.place { names.insert(name) }
            }
            for source in route.bindings.flatMap(\.sources) {
                if case .header(let name, _) = source { names.insert(name) }
            }
        }
        headers = names.sorted().joined(separator: ", ")
    }

    static func isPreflight(_ request: WireRequest) -> Bool {
        request.method == "OPTIONS" && request.header("origin") != nil
            && request.header("access-control-request-method") != nil
    }

    /// Lets the page of the request's origin read the answer, if it may.
    func admit(_ request: WireRequest, to response: inout WireResponse) {
        guard !origins.isEmpty else { return }
        response.headers.append(("Vary", "Origin"))
        guard let allowed = allowed(request) else { return }
        response.headers.append(("Access-Control-Allow-Origin", allowed))
        response.headers.append(("Access-Control-Expose-Headers", "Retry-After, WWW-Authenticate"))
    }

    /// Adds what a preflight asks, for a page whose origin may call.
    func grantPreflight(_ request: WireRequest, methods: [String], to response: inout WireResponse) {
        guard Self.isPreflight(request), allowed(request) != nil else { return }
        response.headers.append(("Access-Control-Allow-Methods", methods.joined(separator: ", ")))
        response.headers.append(("Access-Control-Allow-Headers", headers))
        response.headers.append(("Access-Control-Max-Age", "600"))
    }

    private func allowed(_ request: WireRequest) -> String? {
        guard let origin = request.header("origin") else { return nil }
        if origins.contains(origin) { return origin }
        return origins.contains("*") ? "*" : nil
    }
}
