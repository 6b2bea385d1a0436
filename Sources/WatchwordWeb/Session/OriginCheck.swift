import WatchwordDialect

/// Tells a form posted by a page of ours from one that another site's page posts in a visitor's name (ASVS 5.0 3.5.1),
/// by what a page cannot set: `Sec-Fetch-Site` (Fetch Metadata), else `Origin` (RFC 6454 section 7).
///
/// It stands before the form's token, not in its place: a browser that says neither, or of a page without referrer says
/// `null`, is judged by the token alone.
struct OriginCheck: Sendable {
    let publicURL: String

    func admits(_ request: WireRequest) -> Bool {
        switch request.header("sec-fetch-site") {
        case "same-origin", "none": return true
        case nil: break
        default: return false
        }
        guard let origin = request.header("origin")?.lowercased(), origin != "null" else { return true }
        if origin == publicURL.lowercased() { return true }
        guard let host = request.header("host"), let scheme = origin.firstRange(of: "://") else { return false }
        return origin[scheme.upperBound...] == host.lowercased()
    }
}
