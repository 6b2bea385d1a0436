import Logging
import WatchwordCore
import WatchwordDialect
import WatchwordEngine

/// Answers a reverse proxy that asks whether to let a request pass: nginx `auth_request`, Caddy `forward_auth`,
/// Traefik ForwardAuth.
///
/// The proxy hands over the fields of the client's request, and states its method and target in `X-Forwarded-Method`
/// and `X-Forwarded-Uri`. The answer is 200 with fields that say who it is, or 401 or 403: nginx knows no others.
struct ForwardAuth: Sendable {
    let settings: ForwardAuthSettings
    let engine: Engine
    /// Words the refusals.
    let dialect: CompiledDialect
    let proxies: TrustedProxies
    let crossSite: CrossSite
    let requiresHTTPS: Bool
    let tally: ForwardAuthTally
    let logger: Logger
    private let naming: RequestNaming
    /// Holds the carriers, where they are looked for in a request.
    private let route: CompiledRoute

    /// Nothing for settings without a carrier.
    init?(
        _ settings: ForwardAuthSettings, engine: Engine, dialect: CompiledDialect, proxies: TrustedProxies,
        crossSite: CrossSite, requiresHTTPS: Bool, tally: ForwardAuthTally, logger: Logger
    ) {
        var reader = Dialect(name: "forward-auth", version: "1", summary: "")
        var route = Route(method: "GET", path: [], operation: .whoAmI, reply: Reply(status: 200))
        route.carriers = settings.carriers
        reader.routes = [route]
        guard !settings.carriers.isEmpty, let compiled = CompiledDialect(reader).routes.first else { return nil }
        self.route = compiled
        self.settings = settings
        naming = RequestNaming(dialect)
        self.engine = engine
        self.dialect = dialect
        self.proxies = proxies
        self.crossSite = crossSite
        self.requiresHTTPS = requiresHTTPS
        self.tally = tally
        self.logger = logger
    }

    func respond(to request: WireRequest, from peer: Peer) async -> WireResponse {
        let client = proxies.client(of: peer, headers: request.headers)
        guard client.mayCarrySecrets || !requiresHTTPS else { return refuse(Refusal(.insecureTransport)) }
        let forwarded = ForwardedRequest(request)
        do {
            let presented: [PresentedCredential]
            switch route.credentials(in: forwarded.request) {
            case .none: return refuse(Refusal(.missingToken))
            case .malformed: return refuse(Refusal(.invalidToken))
            case .presented(let found): presented = found
            }
            guard
                forwarded.isSafe || !isCarriedByCookie(forwarded.request)
                    || crossSite.admits(forwarded.request, host: forwarded.host)
            else { return refuse(Refusal(.forbidden)) }
            let caller = Caller(address: client.clientAddress)
            let outcome: Outcome<Principal>
            if let remembered = engine.recall(presented, caller) {
                outcome = remembered
            } else {
                outcome = try await engine.authenticate(presented, caller)
            }
            switch outcome {
            case .refused(let refusal): return refuse(refusal)
            case .granted(let principal): return admit(principal, asked: request.query)
            }
        } catch {
            logger.error("forward authentication failed", metadata: ["fault": "\(FaultName.of(error))"])
            return answer(503, headers: [("Retry-After", "1")])
        }
    }

    private func admit(_ principal: Principal, asked query: String?) -> WireResponse {
        let account = principal.account
        var role = settings.role
        var mustBeVerified = settings.requiresVerified
        // The proxy's own words in its configuration; the client's query is in X-Forwarded-Uri.
        if let query {
            for (name, value) in QueryText.pairs(query) {
                switch name {
                case "require_role":
                    guard role == nil || role == value else { return refuse(Refusal(.forbidden)) }
                    role = value
                case "require_verified": mustBeVerified = mustBeVerified || value != "false"
                default: break
                }
            }
        }
        guard role == nil || account.role == role else { return refuse(Refusal(.forbidden)) }
        guard !mustBeVerified || account.emailVerified else { return refuse(Refusal(.forbidden)) }
        return answer(200, headers: identity(principal))
    }

    /// All fields, an absent fact as an empty one: a proxy that copies them overwrites what the client wrote there.
    private func identity(_ principal: Principal) -> [(name: String, value: String)] {
        let account = principal.account
        return [
            (settings.headers.userID, FieldText.encode(account.id.text)),
            (settings.headers.email, FieldText.encode(account.email ?? "")),
            (settings.headers.emailVerified, account.emailVerified ? "true" : "false"),
            (settings.headers.username, FieldText.encode(account.username ?? "")),
            (settings.headers.role, FieldText.encode(account.role ?? "")),
            (settings.headers.session, principal.session.map { FieldText.encode($0.id.text) } ?? ""),
        ]
    }

    private func isCarriedByCookie(_ request: WireRequest) -> Bool {
        settings.carriers.contains { carrier in
            if case .cookie(let name) = carrier.place { CookieField.holds(name, in: request) } else { false }
        }
    }

    /// In the dialect's words, with a status that every proxy understands.
    private func refuse(_ refusal: Refusal) -> WireResponse {
        var context = ReplyContext(baseURL: engine.realm.publicURL)
        context.time = engine.clock.now()
        if naming.refusalsName { context.id = RequestNaming.name(engine.random) }
        var response = dialect.reply(refused: refusal, route: nil, in: context)
        response.status = Self.proves(refusal.code) ? 401 : 403
        response.headers.removeAll { ["cache-control", "set-cookie"].contains($0.name.lowercased()) }
        if response.status == 401, response.header("www-authenticate") == nil {
            response.headers.append(("WWW-Authenticate", "Bearer"))
        }
        return finish(response)
    }

    /// Whether other credentials could help (RFC 9110 section 15.5.2).
    private static func proves(_ code: RefusalCode) -> Bool {
        var next: RefusalCode? = code
        while let current = next {
            if current == .unauthorized { return true }
            next = current.parent
        }
        return false
    }

    private func answer(_ status: Int, headers: [(name: String, value: String)]) -> WireResponse {
        finish(WireResponse(status: status, headers: headers))
    }

    private func finish(_ response: WireResponse) -> WireResponse {
        var response = response
        response.headers.append(("Cache-Control", "no-store"))
        response.headers.append(("X-Content-Type-Options", "nosniff"))
        tally.count(response.status)
        return response
    }
}
