import WatchwordDialect

/// Which web pages of other origins may read answers: the Fetch standard's CORS protocol, off without origins.
///
/// A page that may call sends its token itself. Only where the dialect or the operator says so may it also call with
/// the browser's cookies, and then only from an origin that is named: never from `*`.
struct CrossOrigin: Sendable {
    private let origins: Set<String>
    private let admitsCookies: Bool
    /// The request fields that routes of the dialect read.
    private let headers: String
    /// The fields of its answers that a page could not read otherwise.
    private let exposed: String

    init(_ origins: [String], dialect: CompiledDialect) {
        self.origins = Set(origins)
        admitsCookies = dialect.dialect.originsMayUseCookies && !origins.contains("*")
        let routes = dialect.dialect.routes
        headers = Set(["authorization", "content-type"] + routes.flatMap(\.headersRead)).sorted().joined(
            separator: ", ")
        let replies = routes.flatMap { $0.replies + $0.errors.values } + dialect.dialect.errors.values
        // The Fetch standard lets a page read these, and never that.
        let known: Set = ["cache-control", "content-type", "expires", "last-modified", "pragma", "set-cookie"]
        let named = replies.flatMap(\.headers).map(\.name).filter { !known.contains($0.lowercased()) }
        exposed = Set(["Retry-After", "WWW-Authenticate"] + named).sorted().joined(separator: ", ")
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
        if admitsCookies { response.headers.append(("Access-Control-Allow-Credentials", "true")) }
        response.headers.append(("Access-Control-Expose-Headers", exposed))
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

extension Route {
    /// The names of the header fields that a request of it may have, in lower case.
    fileprivate var headersRead: [String] {
        let places = (carriers ?? []).flatMap { [$0.place] + ($0.companion.map { [$0.place] } ?? []) }
        let carried = places.compactMap { if case .header(let name, _) = $0 { name } else { nil } }
        let sources =
            bindings.flatMap(\.sources) + extras.flatMap(\.sources)
            + (conditions + replies.flatMap(\.conditions)).flatMap(\.sources)
        return carried + sources.compactMap { if case .header(let name, _) = $0 { name } else { nil } }
    }
}
