import WatchwordCore

/// A dialect made ready to serve: routes to match, requests to bind, replies to write. Made once at start.
public final class CompiledDialect: Sendable {
    public let dialect: Dialect
    public let routes: [CompiledRoute]
    private let table: RouteTable
    private let errors: [RefusalCode: CompiledReply]
    /// How the dialect words each rule: its own code, and the text.
    let messages: [InputRule: (code: String, text: PlainText)]
    private let idsAreNumbers: Bool

    public init(_ dialect: Dialect) {
        self.dialect = dialect
        routes = dialect.routes.map { CompiledRoute($0, dialect.terms.accounts) }
        table = RouteTable(routes, slash: dialect.slash)
        errors = dialect.errors.mapValues(CompiledReply.init)
        messages = dialect.messages.mapValues { ($0.code, PlainText($0.text)) }
        idsAreNumbers = dialect.terms.accounts.idFormat == .integer
    }

    /// The route of a method (upper case) and a path as on the wire.
    public func match(method: String, path: String) -> RouteMatch { table.match(method: method, path: path) }

    /// The methods that a path knows, HEAD and OPTIONS among them; empty for an unknown path.
    public func allowedMethods(path: String) -> [String] {
        if case .methodNotAllowed(let allow) = match(method: "", path: path) { allow } else { [] }
    }

    /// The answer of a route to what was granted.
    public func reply(granted grant: Grant, route: CompiledRoute, in context: ReplyContext) -> WireResponse {
        var scope = Scope(grant: grant, context: context, idsAreNumbers: idsAreNumbers)
        scope.route = route
        let reply =
            CompiledReply.first(of: route.otherReplies, by: &scope.context.contents, taking: route.route.media)
            ?? route.reply
        if reply.needsExtras { scope.readExtras() }
        return reply.response(scope, contentType: dialect.contentType)
    }

    /// The answer to a refusal, in the words of `Dialect.mapping(of:on:)`.
    ///
    /// Retry-After and Allow are added where the words leave them out.
    public func reply(refused refusal: Refusal, route: CompiledRoute?, in context: ReplyContext) -> WireResponse {
        guard let (mapped, ownStatus) = refusal.code.nearest({ route?.errors[$0] ?? errors[$0] }, status: \.status)
        else {
            return WireResponse(status: refusal.code.ownStatus ?? 500)
        }
        var told = refusal
        told.code = named(refusal.code, route)
        var scope = Scope(grant: Grant(), refusal: told, context: context, idsAreNumbers: idsAreNumbers)
        scope.route = route
        let worded = words(for: told, in: scope)
        scope.problems = worded.problems
        scope.message = worded.message
        let reply = mapped.chosen(by: &scope.context.contents, taking: route?.route.media ?? [])
        // A status that HTTP gives the situation stands, whichever words are chosen.
        let status = ownStatus == mapped.status ? reply.status : ownStatus
        scope.status = status
        if reply.needsExtras { scope.readExtras() }
        var response = reply.response(scope, status: status, contentType: dialect.contentType)
        if let seconds = refusal.retryAfter, response.header("retry-after") == nil {
            response.headers.append(("Retry-After", String(seconds)))
        }
        if !refusal.allow.isEmpty, response.header("allow") == nil {
            response.headers.append(("Allow", refusal.allow.joined(separator: ", ")))
        }
        return response
    }

    private func isMapped(_ code: RefusalCode, _ route: CompiledRoute?) -> Bool {
        route?.errors[code] != nil || errors[code] != nil
    }

    /// The code that `$error.code` and `$error.message` speak of: what has no words of its own and would tell of an
    /// account or a token is told as the nearest ancestor that does not, or that has words.
    private func named(_ code: RefusalCode, _ route: CompiledRoute?) -> RefusalCode {
        var code = code
        while code.tells, !isMapped(code, route), let parent = code.parent { code = parent }
        return code
    }
}

extension RefusalCode {
    /// Whether naming it tells a stranger something of an account or a token that its parent does not.
    var tells: Bool {
        switch self {
        case .accountLocked, .accountDisabled, .emailNotVerified, .expiredToken, .revokedToken, .wrongTokenType,
            .expiredRefresh, .reusedRefresh, .expiredLink, .alreadyVerified:
            true
        default: false
        }
    }
}
