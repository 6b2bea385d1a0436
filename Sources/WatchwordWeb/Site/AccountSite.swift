import Logging
import WatchwordCore
import WatchwordDialect
import WatchwordEngine

/// The pages of a realm, for people: signing up and in, following the links of mails, looking after an account.
///
/// A client of the engine like any dialect: everything that a page does is an operation, with its policy, throttling
/// and audit. It knows no network; a listener hands it requests.
public struct AccountSite: Sendable {
    let parts: SiteParts
    private let router: PageRouter
    private let writer: PageWriter
    private let logger: Logger

    /// `engine` is one under `Terms.ofPages`; `dialects` those of the realm, in order, whose mails lead here.
    /// Throws if a template of ours does not parse.
    public init(engine: Engine, dialects: [Dialect], settings: SiteSettings, logger: Logger) throws {
        let routes =
            EntryRoutes.all + AccountRoutes.first + AgentRoutes.all(settings, dialects)
            + AccountRoutes.all(engine.realm.terms)
        parts = SiteParts(
            engine: engine, dialects: dialects, settings: settings, library: try PageLibrary.embedded(settings.words),
            assets: SiteAssets(EmbeddedPages.assets, settings), cookies: CookieNames(realm: engine.realm.id),
            links: MailLinks(dialects.map(\.terms)), routes: routes)
        router = PageRouter(settings: settings, routes: routes, links: parts.links)
        writer = PageWriter(site: parts)
        self.logger = logger
    }

    /// Whether the site answers that request: every path under its prefix, the paths of mailed links, and `/` for a
    /// browser. Asked only about what no dialect knows.
    public func claims(_ request: WireRequest) -> Bool {
        if case .none = router.find(request) { false } else { true }
    }

    /// What records call the page of a request: its path without ids.
    public func name(of request: WireRequest) -> String {
        switch router.find(request) {
        case .page(_, _, let name): name
        case .asset: parts.settings.path + "/assets/{name}"
        case .root: "/"
        case .unknown, .none: parts.settings.path + "/…"
        }
    }

    /// What is said of a fault that is in the log under `id`; without one the server is stopping.
    public func failure(id: String) -> WireResponse {
        id.isEmpty ? writer.failure(503) : writer.failure(500, id: id)
    }

    /// The answer to a request that the site claims. `isSecure`: whether the client came by TLS. Throws faults.
    public func respond(
        to request: WireRequest, _ caller: Caller, isSecure: Bool
    ) async throws -> WireResponse {
        var request = request
        if request.method == "HEAD" { request.method = "GET" }
        switch router.find(request) {
        case .none, .unknown: return writer.failure(404)
        case .root: return led(to: LocalPath(below: ""))
        case .asset(let name):
            guard request.method == "GET" else { return refusedMethod(["GET"]) }
            return parts.assets.response(name, to: request) ?? writer.failure(404)
        case .page(let page, let places, _):
            guard page.methods.contains(request.method) else { return refusedMethod(page.methods) }
            let isSecure = isSecure || parts.settings.publicURL.hasPrefix("https://")
            switch try await arrive(request, caller, places, isSecure: isSecure) {
            case .refused(let status): return writer.failure(status)
            case .admitted(let visit, let isNew):
                let answer = try await answer(page, visit)
                let kept = isNew ? answer.setting(visit.visitorCookie) : answer
                return writer.response(kept, page: page.name, visit)
            }
        }
    }

    // MARK: Pieces

    private enum Arrival {
        case refused(Int)
        /// `isNew`: whether the browser has yet to be given the cookie that forms are bound to.
        case admitted(Visit, isNew: Bool)
    }

    private func arrive(
        _ request: WireRequest, _ caller: Caller, _ places: [String: String], isSecure: Bool
    ) async throws -> Arrival {
        let isPost = request.method == "POST"
        // Before anything is read or looked up: what another site posts changes nothing here.
        if isPost, !OriginCheck(publicURL: parts.settings.publicURL).admits(request) { return .refused(403) }
        let query: FormBody
        let form: FormBody
        do {
            query = try FormBody((request.query ?? "").utf8)
            form = isPost ? try FormBody(of: request) : FormBody()
        } catch {
            return .refused(error.status)
        }
        var caller = caller
        caller.principal = try await parts.principal(of: request, caller, isSecure: isSecure)
        let known = CookieNames.value(parts.cookies.visitor(isSecure: isSecure), in: request)
        let visitor = known ?? TextEncoding.base64url.encode(parts.engine.random.bytes(18))
        let visit = Visit(
            request: request, caller: caller, query: query, form: form, places: places, site: parts,
            isSecure: isSecure, visitor: visitor)
        return .admitted(visit, isNew: known == nil && caller.principal == nil)
    }

    private func answer(_ page: any Page, _ visit: Visit) async throws -> PageAnswer {
        if page.needsAccount, visit.account == nil { return .redirect(to: visit.signIn) }
        guard visit.request.method == "POST" else { return try await page.show(visit) }
        let token = FormToken(visit.caller, visitor: visit.visitor, parts.engine.sealer)
        guard token.isIn(visit.form) else { return .failed(403) }
        return try await page.submit(visit)
    }

    private func led(to path: LocalPath) -> WireResponse {
        var response = WireResponse(status: 303, headers: PageWriter.headers)
        response.headers.append(("Location", path.text(under: parts.settings.path)))
        return response
    }

    private func refusedMethod(_ methods: [String]) -> WireResponse {
        var response = writer.failure(405)
        let allowed = methods.contains("GET") ? ["HEAD"] + methods : methods
        response.headers.append(("Allow", allowed.sorted().joined(separator: ", ")))
        return response
    }
}

extension FormBody.Flaw {
    fileprivate var status: Int {
        switch self {
        case .media: 415
        case .size: 413
        case .encoding: 400
        }
    }
}
