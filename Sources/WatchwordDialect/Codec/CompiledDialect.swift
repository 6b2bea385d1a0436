import WatchwordCore

/// A dialect made ready to serve: routes to match, requests to bind, replies to write. Made once at start.
public final class CompiledDialect: Sendable {
    public let dialect: Dialect
    public let routes: [CompiledRoute]
    private let table: RouteTable
    private let errors: [RefusalCode: CompiledReply]
    private let idsAreNumbers: Bool

    public init(_ dialect: Dialect) {
        self.dialect = dialect
        routes = dialect.routes.map(CompiledRoute.init)
        table = RouteTable(routes, slash: dialect.slash)
        errors = dialect.errors.mapValues(CompiledReply.init)
        idsAreNumbers = dialect.terms.accounts.idFormat == .integer
    }

    /// The route of a method (upper case) and a path as on the wire.
    public func match(method: String, path: String) -> RouteMatch { table.match(method: method, path: path) }

    /// The methods that a path knows, HEAD and OPTIONS among them; empty for an unknown path.
    public func allowedMethods(path: String) -> [String] {
        if case .methodNotAllowed(let allow) = match(method: "", path: path) { allow } else { [] }
    }

    /// The answer of a route to what was granted. `baseURL` is the realm's public one.
    public func reply(granted grant: Grant, route: CompiledRoute, baseURL: String) -> WireResponse {
        let scope = Scope(grant: grant, baseURL: baseURL, idsAreNumbers: idsAreNumbers)
        return route.reply.response(scope, contentType: dialect.contentType)
    }

    /// The answer to a refusal: in the route's own words if it has some, else the dialect's, else its parent's.
    ///
    /// A refusal that inherits a parent's words keeps the status that HTTP itself gives it. Retry-After and
    /// Allow are added where the words leave them out.
    public func reply(refused refusal: Refusal, route: CompiledRoute?, baseURL: String) -> WireResponse {
        let (mapped, reply) = wording(of: refusal.code, route)
        var told = refusal
        // What a mapping inherited must not tell apart, its code and its message do not either.
        if mapped != refusal.code, refusal.code.isMasked(as: mapped) { told.code = mapped }
        var scope = Scope(grant: Grant(), refusal: told, baseURL: baseURL, idsAreNumbers: idsAreNumbers)
        scope.problems = words(for: told, route)
        let status = mapped == refusal.code ? nil : refusal.code.ownStatus
        guard let reply else { return WireResponse(status: refusal.code.ownStatus ?? 500) }
        var response = reply.response(scope, status: status, contentType: dialect.contentType)
        if let seconds = refusal.retryAfter, response.header("retry-after") == nil {
            response.headers.append(("Retry-After", String(seconds)))
        }
        if !refusal.allow.isEmpty, response.header("allow") == nil {
            response.headers.append(("Allow", refusal.allow.joined(separator: ", ")))
        }
        return response
    }

    private func wording(of code: RefusalCode, _ route: CompiledRoute?) -> (RefusalCode, CompiledReply?) {
        // The route's words for the code or an ancestor come first, but a dialect's exact word beats a route's broader one.
        var step: RefusalCode? = code
        while let current = step {
            if let reply = route?.errors[current] ?? errors[current] { return (current, reply) }
            step = current.parent
        }
        return (.error, nil)
    }
}

extension RefusalCode {
    /// Whether answering as `ancestor` hides this code, because the difference would tell of an account or a token.
    func isMasked(as ancestor: RefusalCode) -> Bool {
        ancestor == .unauthorized || ancestor == .invalidCredentials || ancestor == .invalidToken
            || ancestor == .invalidRefresh || ancestor == .invalidLink
    }
}
