import WatchwordDialect

/// Tells the requests that a page of another site makes a browser send.
///
/// A browser attaches cookies to those as well, so whatever a cookie proves or an answer stores in one is refused to
/// them: cross-site request forgery. It is read from the fields that a page cannot set, `Sec-Fetch-Site` (Fetch
/// Metadata) and `Origin` (RFC 6454 section 7). Clients that are no browsers send neither, and pass.
struct CrossSite: Sendable {
    /// The realm's own origin, and those that may call it.
    private let origins: Set<String>
    private let isOpen: Bool

    /// `*` among the origins lets any page call, but none with somebody's cookies.
    init(origins: [String]) {
        self.origins = Set(origins.map { $0.lowercased() }).subtracting(["*"])
        isOpen = origins.contains("*")
    }

    /// Whether a request of this route may be answered, where the route has anything to do with cookies.
    func admits(_ request: WireRequest, of route: Route) -> Bool {
        let host = request.header("host")
        if route.cookiesRead.contains(where: { CookieField.holds($0, in: request) }) {
            return admits(request, host: host)
        }
        return !route.setsCookies || isOpen || admits(request, host: host)
    }

    /// Whether a request that a cookie proves may be answered. `host`: where the browser sent it, as its Host field says.
    func admits(_ request: WireRequest, host: String?) -> Bool {
        switch request.header("sec-fetch-site") {
        case "same-origin", "none": return true
        case nil:
            guard let origin = request.header("origin") else { return true }
            if isKnown(origin) { return true }
            // A browser without Fetch Metadata, on a name that the realm was not told of.
            guard let host, let scheme = origin.firstRange(of: "://") else { return false }
            return origin[scheme.upperBound...].lowercased() == host.lowercased()
        default: return request.header("origin").map(isKnown) ?? false
        }
    }

    /// Whether a request may open a socket that looks into these cookies. Browsers let any page open one to anywhere and
    /// read what comes, so its origin must be known, or where the browser sent the request; `*` will do only where no
    /// cookie of the socket came along.
    func admits(socket request: WireRequest, cookies: [String]) -> Bool {
        if isOpen, !cookies.contains(where: { CookieField.holds($0, in: request) }) { return true }
        guard request.header("origin") != nil else { return true }
        return admits(request, host: request.header("host"))
    }

    private func isKnown(_ origin: String) -> Bool { origins.contains(origin.lowercased()) }
}

/// The Cookie field of RFC 6265 section 4.2.
enum CookieField {
    /// Whether the request has a cookie of that name.
    static func holds(_ name: String, in request: WireRequest) -> Bool {
        request.headers.contains { header in
            header.name == "cookie"
                && header.value.split(separator: ";").contains { pair in
                    pair.drop { $0 == " " }.prefix { $0 != "=" } == name
                }
        }
    }
}

extension Route {
    /// The cookies that can prove a request of it or be an input.
    var cookiesRead: [String] {
        let carried = (carriers ?? []).compactMap { if case .cookie(let name) = $0.place { name } else { nil } }
        return carried
            + bindings.flatMap(\.sources).compactMap { if case .cookie(let name) = $0 { name } else { nil } }
    }

    var setsCookies: Bool { !reply.cookies.isEmpty || otherReplies.contains { !$0.cookies.isEmpty } }
}
