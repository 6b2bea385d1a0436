import WatchwordCore
import WatchwordDialect

/// Answers the operator's probes. Nothing here is secret, and nothing here changes anything.
struct AdminResponder: Responder {
    let metrics: Metrics
    let readiness: Readiness

    func respond(to arrival: Arrival, from peer: Peer) async -> WireResponse {
        switch arrival {
        case .refused(let refusal): return Self.text(refusal.code.ownStatus ?? 400, refusal.code.message)
        case .request(let request):
            guard ["/healthz", "/readyz", "/metrics"].contains(request.path) else { return Self.text(404, "Not found") }
            guard request.method == "GET" || request.method == "HEAD" else {
                var response = Self.text(405, "Method not allowed")
                response.headers.append(("Allow", "GET, HEAD"))
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
            default:
                return WireResponse(
                    status: 200, headers: Self.headers("text/plain; version=0.0.4; charset=utf-8"),
                    body: Array(metrics.text().utf8))
            }
        }
    }

    private static func text(_ status: Int, _ line: String) -> WireResponse {
        WireResponse(status: status, headers: headers("text/plain; charset=utf-8"), body: Array((line + "\n").utf8))
    }

    private static func headers(_ contentType: String) -> [(name: String, value: String)] {
        [("Content-Type", contentType), ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")]
    }
}
