import WatchwordCore

/// A dialect made ready to serve: routes to match, requests to bind, replies to write. Made once at start.
public final class CompiledDialect: Sendable {
    public let dialect: Dialect
    public let routes: [CompiledRoute]
    public let sockets: [CompiledSocket]
    private let table: RouteTable
    private let socketTable: SocketTable
    private let refusals: RefusalWords
    private let idsAreNumbers: Bool

    public init(_ dialect: Dialect) {
        self.dialect = dialect
        routes = dialect.routes.map { CompiledRoute($0, dialect.terms.accounts) }
        table = RouteTable(routes, slash: dialect.slash)
        let refusals = RefusalWords(dialect)
        self.refusals = refusals
        idsAreNumbers = refusals.idsAreNumbers
        sockets = dialect.sockets.map { CompiledSocket($0, dialect.terms.accounts, refusals) }
        socketTable = SocketTable(sockets, slash: dialect.slash)
    }

    /// The route of a method (upper case) and a path as on the wire.
    public func match(method: String, path: String) -> RouteMatch { table.match(method: method, path: path) }

    /// The methods that a path knows, HEAD and OPTIONS among them; empty for an unknown path.
    public func allowedMethods(path: String) -> [String] {
        if case .methodNotAllowed(let allow) = match(method: "", path: path) { allow } else { [] }
    }

    /// The socket that a path, as on the wire, opens, and what its parameters hold; nothing where there is none.
    public func socket(path: String) -> (socket: CompiledSocket, parameters: [(name: String, value: String)])? {
        socketTable.match(path)
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
        refusals.response(refusal, route: route, in: context)
    }
}
