import WatchwordDialect

/// Which page a request is for.
struct PageRouter: Sendable {
    enum Found {
        case page(any Page, places: [String: String], name: String)
        case asset(String)
        /// `/`, from which a browser is led to the pages.
        case root
        /// A path under the prefix that is no page.
        case unknown
        /// None of ours.
        case none
    }

    let settings: SiteSettings
    let routes: [PageRoute]
    let links: MailLinks

    func find(_ request: WireRequest) -> Found {
        let path = Self.pieces(request.path)
        let prefix = Self.pieces(settings.path)
        if path.starts(with: prefix), !prefix.isEmpty {
            let below = Array(path.dropFirst(prefix.count))
            if below.count == 2, below[0] == "assets" { return .asset(below[1]) }
            for route in routes {
                guard let places = route.match(below) else { continue }
                return .page(route.page, places: places, name: name(route))
            }
            return .unknown
        }
        if let page = LinkPage(links.leading(to: path)) {
            return .page(page, places: [:], name: "/" + path.joined(separator: "/"))
        }
        if path.isEmpty, request.method == "GET" || request.method == "HEAD", Self.takesHTML(request) { return .root }
        return .none
    }

    private func name(_ route: PageRoute) -> String {
        route.pattern.isEmpty ? settings.path : settings.path + "/" + route.pattern
    }

    /// The decoded pieces of a path; what cannot be decoded stays as it is, and so is nothing we know.
    static func pieces(_ path: String) -> [String] {
        path.utf8.split(separator: UInt8(ascii: "/")).map {
            PercentCoding.decode($0, plusIsSpace: false) ?? String(Substring($0))
        }
    }

    static func takesHTML(_ request: WireRequest) -> Bool {
        request.header("accept").map { $0.lowercased().contains("text/html") } ?? false
    }
}
