import WatchwordCore
import WatchwordDialect

/// A dialect played through with sample data: every route, each of its replies, each refusal it can meet, and every socket.
/// What explains a dialect, what tries it, what compares two and what writes OpenAPI all walk this.
public struct Rehearsal: Sendable {
    public let dialect: Dialect
    public let baseURL: String
    public let routes: [RouteRehearsal]
    public let sockets: [SocketRehearsal]
    /// The refusals of requests that meet no route, and of those that any can meet.
    public let everywhere: [RefusalAnswer]

    public init(_ dialect: Dialect, baseURL: String) {
        self.dialect = dialect
        self.baseURL = baseURL
        routes = dialect.routes.map { RouteRehearsal($0, of: dialect, baseURL: baseURL) }
        sockets = dialect.sockets.compactMap { SocketRehearsal($0, of: dialect, baseURL: baseURL) }
        everywhere = Refusals.everywhere.compactMap { RefusalAnswer($0, on: nil, of: dialect, baseURL: baseURL) }
    }
}

/// One route of a rehearsal.
public struct RouteRehearsal: Sendable {
    public let route: Route
    public let request: SampleRequest
    public let granted: [GrantedAnswer]
    /// The refusals that are of this route: without those of everywhere that it words like every other.
    public let refused: [RefusalAnswer]

    init(_ route: Route, of dialect: Dialect, baseURL: String) {
        self.route = route
        request = SampleRequest(route, of: dialect)
        granted = (route.otherReplies + [route.reply]).map {
            GrantedAnswer($0, on: route, of: dialect, baseURL: baseURL)
        }
        refused = Refusals.reachable(route, of: dialect).compactMap {
            RefusalAnswer($0, on: route, of: dialect, baseURL: baseURL)
        }
    }
}

/// What a route says where it grants.
public struct GrantedAnswer: Sendable {
    public let reply: Reply
    /// A request that gets this reply.
    public let request: SampleRequest
    public let response: WireResponse

    init(_ reply: Reply, on route: Route, of dialect: Dialect, baseURL: String) {
        self.reply = reply
        request = SampleRequest(route, of: dialect, meeting: reply.conditions)
        var alone = route
        alone.reply = reply
        alone.reply.conditions = []
        alone.otherReplies = []
        let (compiled, context) = Refusals.stage(alone, of: dialect, baseURL: baseURL, request)
        response =
            compiled.routes.first.map {
                compiled.reply(granted: SampleText(dialect).grant(route.operation), route: $0, in: context)
            } ?? WireResponse(status: reply.status)
    }
}

/// What is said to one refusal.
public struct RefusalAnswer: Sendable {
    public let code: RefusalCode
    /// Whose words these are: the code itself, or the ancestor that it is told as.
    public let told: RefusalCode
    /// Whether the route has words of its own for it.
    public let isOwn: Bool
    public let reply: Reply
    public let response: WireResponse

    init?(_ code: RefusalCode, on route: Route?, of dialect: Dialect, baseURL: String) {
        guard let (reply, _) = dialect.mapping(of: code, on: route),
            let told = sequence(first: code, next: \.parent).first(where: {
                route?.errors[$0] != nil || dialect.errors[$0] != nil
            })
        else { return nil }
        self.code = code
        self.told = told
        self.reply = reply
        isOwn = route?.errors[told] != nil
        let refusal = SampleText(dialect).refusal(code, on: route)
        let request = route.map { SampleRequest($0, of: dialect) }
        let (compiled, context) = Refusals.stage(route, of: dialect, baseURL: baseURL, request)
        response = compiled.reply(refused: refusal, route: compiled.routes.first, in: context)
    }

    /// The answer where one of the reply's cases is taken.
    func response(_ reply: Reply, of dialect: Dialect) -> WireResponse {
        var alone = dialect
        alone.routes = []
        alone.errors = [.error: reply]
        alone.errors[code] = reply
        return RefusalAnswer(code, on: nil, of: alone, baseURL: "http://localhost")?.response
            ?? WireResponse(status: reply.status)
    }

    /// Whether the client cannot tell it from its parent.
    public var isMasked: Bool { told != code }
}
