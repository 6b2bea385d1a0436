import WatchwordCore
import WatchwordDialect
import WatchwordEngine

/// Answers the operator's probes, and, when this machine asks, reads the dialects again, shows the open sockets and
/// ends them. Nothing here is secret.
struct AdminResponder: Responder {
    let metrics: Metrics
    let readiness: Readiness
    let reload: (@Sendable () async -> ReloadReport)?
    var connections: AdminConnections?

    func respond(to arrival: Arrival, from peer: Peer) async -> WireResponse {
        switch arrival {
        case .refused(let refusal): return Self.text(refusal.code.ownStatus ?? 400, refusal.code.message)
        case .request(let request):
            let methods = methods(of: request.path)
            guard !methods.isEmpty else { return Self.text(404, "Not found") }
            guard methods.contains(request.method) else {
                var response = Self.text(405, "Method not allowed")
                response.headers.append(("Allow", methods.joined(separator: ", ")))
                return response
            }
            switch request.path {
            case "/healthz": return Self.text(200, "ok")
            case "/readyz":
                if await readiness.isReady() { return Self.text(200, "ready") }
                switch readiness.phase {
                case .starting: return Self.text(503, "starting")
                case .draining: return Self.text(503, "draining")
                case .ready: return Self.text(503, "store does not answer")
                }
            case "/reload", "/connections", "/connections/close":
                guard Self.isOfThisMachine(request, peer) else {
                    return Self.text(403, "Only a program on this machine may ask for that")
                }
                return await operate(request)
            default:
                return WireResponse(
                    status: 200, headers: Self.headers("text/plain; version=0.0.4; charset=utf-8"),
                    body: Array(metrics.text().utf8))
            }
        }
    }

    private func methods(of path: String) -> [String] {
        switch path {
        case "/healthz", "/readyz", "/metrics": ["GET", "HEAD"]
        case "/reload" where reload != nil: ["POST"]
        case "/connections" where connections != nil: ["GET", "HEAD"]
        case "/connections/close" where connections != nil: ["POST"]
        default: []
        }
    }

    /// And of no web page: a browser names the page's origin, or, where the page's own name was made to lead here, that
    /// name in the Host field.
    private static func isOfThisMachine(_ request: WireRequest, _ peer: Peer) -> Bool {
        peer.address?.isLoopback == true && request.header("origin") == nil
            && request.header("sec-fetch-site") == nil && request.header("x-forwarded-for") == nil
            && request.header("host").map { isAddress(HostName($0).text) } ?? true
    }

    private static func isAddress(_ host: String) -> Bool {
        host == "localhost" || IPAddress(host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host) != nil
    }

    private func operate(_ request: WireRequest) async -> WireResponse {
        if request.path == "/reload", let reload {
            let report = await reload()
            return Self.text(report.isComplete ? 200 : 422, report.lines.joined(separator: "\n"))
        }
        guard let connections else { return Self.text(404, "Not found") }
        if request.path == "/connections" { return Self.page(connections.list(), request) }
        guard let choice = AdminConnections.Choice(request.body) else {
            return Self.text(
                422, #"Say which: {"number":7}, or {"realm":"NAME"} with "account", "agent" or "all":true"#)
        }
        return Self.text(200, String(connections.end(choice)))
    }

    private static func page(_ records: [ConnectionRecord], _ request: WireRequest) -> WireResponse {
        let records = records.sorted { $0.number < $1.number }
        guard request.header("accept")?.contains("application/json") == true else {
            let rows = [ConnectionRecord.columns] + records.map(\.row)
            return text(200, TextTable.lines(rows).joined(separator: "\n"))
        }
        return WireResponse(
            status: 200, headers: headers("application/json"),
            body: Array(JSON.text(.array(records.map(\.object))).utf8))
    }

    private static func text(_ status: Int, _ line: String) -> WireResponse {
        WireResponse(status: status, headers: headers("text/plain; charset=utf-8"), body: Array((line + "\n").utf8))
    }

    private static func headers(_ contentType: String) -> [(name: String, value: String)] {
        [("Content-Type", contentType), ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")]
    }
}
