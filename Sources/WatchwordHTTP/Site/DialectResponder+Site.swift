import WatchwordCore
import WatchwordDialect

extension DialectResponder {
    /// What the site beside the dialects has for a request that none of them knows; nothing where it has nothing.
    func answerBySite(_ request: WireRequest, _ client: Client) async -> Recorded? {
        guard let site, site.claims(request) else { return nil }
        let page = site.name(request)
        do {
            let response = try await site.respond(
                request, caller(request, client), client.transport == .encrypted)
            return Recorded(response: Self.unhardened(response), page: page)
        } catch is CancellationError {
            return Recorded(response: Self.unhardened(site.failure("")), page: page, refused: .busy)
        } catch {
            let id = report(error, page)
            return Recorded(response: Self.unhardened(site.failure(id)), page: page, refused: .internal, id: id)
        }
    }

    /// Without what every answer gets.
    private static func unhardened(_ response: WireResponse) -> WireResponse {
        var response = response
        response.headers.removeAll { $0.name.lowercased() == "x-content-type-options" }
        return response
    }

    /// The answer to a request for a host that no dialect answers to: pages are the realm's, whatever its name.
    func respondBySite(to request: WireRequest, from peer: Peer) async -> WireResponse {
        let start = ContinuousClock.now
        let client = proxies.client(of: peer, headers: request.headers)
        let isSafe = client.mayCarrySecrets || !requiresHTTPS
        let found = isSafe ? await answerBySite(request, client) : nil
        let answer = found ?? refuse(Refusal(isSafe ? .notFound : .insecureTransport), nil, RequestContents(request))
        return finish(answer, method: request.method, since: start)
    }

    /// Methods that only the site knows of a path that the dialects know.
    func methodsOfSite(_ path: String, beside methods: [String]) -> [String] {
        guard let site, !methods.isEmpty, !methods.contains("GET") else { return [] }
        return site.claims(WireRequest(method: "GET", path: path)) ? ["GET", "HEAD"] : []
    }
}
