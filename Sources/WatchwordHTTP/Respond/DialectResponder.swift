import Logging
import WatchwordCore
import WatchwordDialect
import WatchwordEngine

/// Walks a request through one dialect: transport, route, credentials, binding, engine, reply.
///
/// One object, large, which every open socket of the dialect points to.
final class DialectResponder: Responder {
    let engine: Engine
    let dialect: CompiledDialect
    /// The dialects beside it on its hosts, which may know other methods of a path.
    let others: [CompiledDialect]
    /// What answers where no dialect does; nothing on a listener without pages.
    let site: Site?
    let proxies: TrustedProxies
    let crossOrigin: CrossOrigin
    let crossSite: CrossSite
    let naming: RequestNaming
    /// Whether what could be read on the way is refused.
    let requiresHTTPS: Bool
    /// What its sockets share with those of other listeners.
    let hub: SocketHub
    let metrics: RealmMetrics
    let logger: Logger

    init(
        engine: Engine, dialect: CompiledDialect, others: [CompiledDialect] = [], site: Site? = nil,
        proxies: TrustedProxies, crossOrigin: CrossOrigin, crossSite: CrossSite, naming: RequestNaming,
        requiresHTTPS: Bool = true,
        hub: SocketHub, metrics: RealmMetrics, logger: Logger
    ) {
        self.engine = engine
        self.dialect = dialect
        self.others = others
        self.site = site
        self.proxies = proxies
        self.crossOrigin = crossOrigin
        self.crossSite = crossSite
        self.naming = naming
        self.requiresHTTPS = requiresHTTPS
        self.hub = hub
        self.metrics = metrics
        self.logger = logger
    }

    /// A response, and what the records say of it.
    struct Recorded {
        var response: WireResponse
        var route: CompiledRoute?
        /// What the site calls its page, where the site answered.
        var page: String?
        var refused: RefusalCode?
        /// Empty where nobody was told it.
        var id = ""
    }

    func respond(to arrival: Arrival, from peer: Peer) async -> WireResponse {
        let start = ContinuousClock.now
        switch arrival {
        case .refused(let refusal): return finish(refuse(refusal, nil), method: "-", since: start)
        case .request(let request):
            var answer = await self.answer(request, from: peer)
            // No page of another origin reads what the site answers.
            if answer.page == nil { crossOrigin.admit(request, to: &answer.response) }
            return finish(answer, method: request.method, since: start)
        }
    }

    /// The response as it goes out, counted and logged.
    func finish(_ answer: Recorded, method: String, since start: ContinuousClock.Instant) -> WireResponse {
        var response = answer.response
        Self.harden(&response)
        let duration = ContinuousClock.now - start
        metrics.record(answer.subject, status: response.status, refused: answer.refused, took: duration)
        log(answer, method: method, duration)
        return response
    }

    private func answer(_ request: WireRequest, from peer: Peer) async -> Recorded {
        let client = proxies.client(of: peer, headers: request.headers)
        // What a refusal may tell of a request that reached no route: its method and path.
        let bare = RequestContents(request)
        guard client.mayCarrySecrets || !requiresHTTPS else { return refuse(Refusal(.insecureTransport), nil, bare) }
        if request.method == "OPTIONS" { return options(request) }
        switch dialect.match(method: request.method, path: request.path) {
        case .notFound:
            let refusal = refusal(ofUnrouted: request)
            if refusal.code == .notFound, let answer = await answerBySite(request, client) { return answer }
            return refuse(refusal, nil, bare)
        case .methodNotAllowed:
            if let answer = await answerBySite(request, client) { return answer }
            return refuse(Refusal(.methodNotAllowed, allow: methods(request.path)), nil, bare)
        case .found(let group, let parameters):
            var contents = RequestContents(request, parameters: parameters)
            let route: CompiledRoute
            switch group.choose(&contents) {
            case .refused(let refusal): return refuse(refusal, group.first, contents)
            case .granted(let chosen): route = chosen
            }
            // A HEAD must not do what GET does there: a link checker would use up a single-use link.
            guard request.method != "HEAD" || route.operation.isSafe else {
                return refuse(Refusal(.methodNotAllowed, allow: methods(request.path)), nil, contents)
            }
            do {
                return try await run(route, &contents, client)
            } catch is CancellationError {
                return refuse(Refusal(.busy, retryAfter: 1), route, contents)
            } catch {
                return refuse(Refusal(.internal, faultID: report(error, route.operation.rawValue)), route, contents)
            }
        }
    }

    private func run(
        _ route: CompiledRoute, _ contents: inout RequestContents, _ client: Client
    ) async throws -> Recorded {
        guard route.operation.isSafe || crossSite.admits(contents.request, of: route.route) else {
            return refuse(Refusal(.forbidden), route, contents)
        }
        var caller = caller(contents.request, client)
        if route.route.carriers != nil {
            switch route.credentials(in: &contents) {
            case .none: return refuse(Refusal(.missingToken), route, contents)
            case .malformed: return refuse(Refusal(.invalidToken), route, contents)
            case .presented(let presented):
                switch try await engine.authenticate(presented, caller) {
                case .refused(let refusal): return refuse(refusal, route, contents)
                case .granted(let principal): caller.principal = principal
                }
            }
        }
        switch route.bind(&contents) {
        case .refused(let refusal): return refuse(refusal, route, contents)
        case .granted(let submission):
            guard mayTicket(submission, of: route) else {
                return refuse(Refusal(.validation, problems: [InputProblem(.socket, .choice)]), route, contents)
            }
            switch try await engine.perform(route.operation, submission, caller) {
            case .refused(let refusal): return refuse(refusal, route, contents)
            case .granted(let grant):
                var context = context(contents, isNamed: naming.grantsName(route))
                context.session = caller.principal?.session?.id
                return Recorded(
                    response: dialect.reply(granted: grant, route: route, in: context), route: route, id: context.id)
            }
        }
    }

    private func options(_ request: WireRequest) -> Recorded {
        let methods = request.path == "*" ? ["GET", "HEAD", "OPTIONS", "POST"] : methods(request.path)
        guard !methods.isEmpty else {
            return refuse(Refusal(.notFound), nil, RequestContents(request))
        }
        var response = WireResponse(status: 204, headers: [("Allow", methods.joined(separator: ", "))])
        crossOrigin.grantPreflight(request, methods: methods, to: &response)
        return Recorded(response: response)
    }

    private func methods(_ path: String) -> [String] {
        var methods = dialect.allowedMethods(path: path)
        for method in others.flatMap({ $0.allowedMethods(path: path) }) where !methods.contains(method) {
            methods.append(method)
        }
        if case .found(let group, _) = dialect.match(method: "GET", path: path), !group.first.operation.isSafe {
            methods.removeAll { $0 == "HEAD" }
        }
        return methods + methodsOfSite(path, beside: methods)
    }

    func caller(_ request: WireRequest, _ client: Client) -> Caller {
        Caller(
            address: client.clientAddress, userAgent: request.header("user-agent").map { String($0.prefix(256)) },
            origin: request.header("origin"))
    }

    func refuse(
        _ refusal: Refusal, _ route: CompiledRoute?, _ contents: RequestContents? = nil
    ) -> Recorded {
        let context = context(contents, isNamed: naming.refusalsName)
        var response = dialect.reply(refused: refusal, route: route, in: context)
        if refusal.code == .upgradeRequired { response = SocketHandshake.Flaw.notAsked.response(response) }
        return Recorded(response: response, route: route, refused: refusal.code, id: context.id)
    }

    /// What a reply may know of the exchange. A name is made only where a reply or the log tells it.
    func context(_ contents: RequestContents?, isNamed: Bool) -> ReplyContext {
        var context = ReplyContext(baseURL: engine.realm.publicURL, contents: contents)
        context.time = engine.clock.now()
        if isNamed || logger.logLevel <= .debug { context.id = RequestNaming.name(engine.random) }
        return context
    }

    /// What every answer has, whatever a dialect forgot: no cache keeps it, no browser guesses its type.
    static func harden(_ response: inout WireResponse) {
        if response.isSecret || response.header("cache-control") == nil {
            response.headers.removeAll { $0.name.lowercased() == "cache-control" }
            response.headers.append(("Cache-Control", "no-store"))
        }
        response.headers.append(("X-Content-Type-Options", "nosniff"))
    }
}

extension DialectResponder.Recorded {
    /// What it is counted under.
    var subject: RealmMetrics.Subject {
        if page != nil { return .site }
        return route.map { .operation($0.operation) } ?? .nothing
    }
}

extension WatchwordCore.Operation {
    /// Whether it changes nothing but what is counted (RFC 9110 section 9.2.1).
    var isSafe: Bool {
        switch self {
        case .whoAmI, .getUser, .listUsers, .listSessions, .listAPIKeys, .listAgents, .getAgent, .introspect, .keySet,
            .static:
            true
        default: false
        }
    }
}
