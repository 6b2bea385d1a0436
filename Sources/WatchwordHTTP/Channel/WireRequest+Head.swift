import NIOHTTP1
import WatchwordDialect

extension WireRequest {
    /// A request without its body, from a head that has passed `RequestFraming`.
    init(_ head: HTTPRequestHead) {
        let target = Self.originForm(head.uri[...])
        let mark = target.firstIndex(of: "?")
        self.init(
            method: head.method.rawValue,
            path: String(target[..<(mark ?? target.endIndex)]),
            query: mark.map { String(target[target.index(after: $0)...]) },
            headers: head.headers.map { (name: $0.name.lowercased(), value: $0.value) })
        // It is not heard from an old client (RFC 9110 section 7.8).
        if head.isOld { headers.removeAll { $0.name == "upgrade" } }
    }

    /// Path and query of a request target: `http://host/path?query` (absolute-form, RFC 9112 section 3.2.2) says no more
    /// than `/path?query`; others stay as they are.
    private static func originForm(_ target: Substring) -> Substring {
        guard !target.hasPrefix("/"), let scheme = target.firstIndex(of: ":"), target[scheme...].hasPrefix("://") else {
            return target
        }
        let authority = target[target.index(scheme, offsetBy: 3)...]
        guard let path = authority.firstIndex(where: { $0 == "/" || $0 == "?" }) else { return "/" }
        return authority[path] == "/" ? authority[path...] : "/" + authority[path...]
    }
}

extension HTTPRequestHead {
    /// HTTP/1.0 or older: no Host, no chunks, no waiting for `100 Continue`.
    var isOld: Bool { version.major == 1 && version.minor == 0 }
}
