import WatchwordCore
import WatchwordDialect

/// Answers the operator's probes, and reads the dialects again when this machine asks. Nothing here is secret.
struct AdminResponder: Responder {
    let metrics: Metrics
    let readiness: Readiness
    let reload: (@Sendable () async -> ReloadReport)?

    func respond(to arrival: Arrival, from peer: Peer) async -> WireResponse {
        switch arrival {
        case .refused(let refusal): return Self.text(refusal.code.ownStatus ?? 400, refusal.code.message)
        case .request(let request):
            let methods = Self.methods(of: request.path, canReload: reload != nil)
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
            case "/reload": return await readAgain(request, from: peer)
            default:
                return WireResponse(
                    status: 200, headers: Self.headers("text/plain; version=0.0.4; charset=utf-8"),
                    body: Array(metrics.text().utf8))
            }
        }
    }

    private static func methods(of path: String, canReload: Bool) -> [String] {
        switch path {
        case "/healthz", "/readyz", "/metrics": ["GET", "HEAD"]
        case "/reload" where canReload: ["POST"]
        default: []
        }
    }

    /// From this machine only, and from no web page: a browser names the page's origin.
    private func readAgain(_ request: WireRequest, from peer: Peer) async -> WireResponse {
        guard let reload, peer.address?.isLoopback == true, request.header("origin") == nil,
            request.header("sec-fetch-site") == nil, request.header("x-forwarded-for") == nil
        else { return Self.text(403, "Only a program on this machine may ask for that") }
        let report = await reload()
        return Self.text(report.isComplete ? 200 : 422, report.lines.joined(separator: "\n"))
    }

    private static func text(_ status: Int, _ line: String) -> WireResponse {
        WireResponse(status: status, headers: headers("text/plain; charset=utf-8"), body: Array((line + "\n").utf8))
    }

    private static func headers(_ contentType: String) -> [(name: String, value: String)] {
        [("Content-Type", contentType), ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")]
    }
}
