import WatchwordCore
import WatchwordDialect

/// Which refusals a route can really end in: those of its operation's signature, less what the dialect's terms
/// and the route's own inputs rule out.
enum Refusals {
    /// What any request can meet, on a route or on none.
    static let everywhere = OperationSignature.everywhere

    /// In the order of the signature, those of authentication and of bodies behind them.
    static func reachable(_ route: Route, of dialect: Dialect) -> [RefusalCode] {
        var codes = route.operation.signature.refusals.filter { canMeet($0, route, dialect) }
        if route.carriers != nil {
            codes += OperationSignature.authentication.filter { canMeet($0, route, dialect) }
        }
        codes += [RefusalCode.badJSON, .unsupportedMedia, .tooLarge, .unmatchedCase].filter {
            canMeet($0, route, dialect)
        }
        return codes.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private static func canMeet(_ code: RefusalCode, _ route: Route, _ dialect: Dialect) -> Bool {
        let inputs = route.bindings.filter { !$0.isConstant }.map(\.input)
        let terms = dialect.terms
        return switch code {
        case .validation: !inputs.isEmpty
        case .weakPassword: terms.password.refuseCommon && inputs.contains(.password)
        case .emailTaken: inputs.contains(.email) && !hidesTaken(route, terms)
        case .usernameTaken: inputs.contains(.username) && !hidesTaken(route, terms)
        case .emailNotVerified: terms.accounts.requireVerified
        case .wrongPassword: inputs.contains(.currentPassword)
        case .unknownAccount: route.errors[.unknownAccount] != nil
        case .alreadyVerified: route.operation == .verifyEmail || route.operation == .requestVerification
        case .invalidRefresh, .expiredRefresh: inputs.contains(.refreshToken)
        case .reusedRefresh: inputs.contains(.refreshToken) && terms.refresh?.use == .rotate
        case .quotaExceeded: takes(.apiKey, route) && terms.apiKeys?.usageLimit != nil
        case .expiredToken, .wrongTokenType: takes(.access, route)
        case .badJSON: readsBody(route) && route.media.contains(.json)
        case .unsupportedMedia: readsBody(route)
        case .tooLarge: readsBody(route)
        case .unmatchedCase:
            !route.conditions.isEmpty
                && !dialect.routes.contains {
                    $0.method == route.method && $0.pathText == route.pathText && $0.conditions.isEmpty
                }
        default: true
        }
    }

    private static func hidesTaken(_ route: Route, _ terms: Terms) -> Bool {
        route.operation == .signUp && terms.accounts.hidesTaken
    }

    private static func takes(_ kind: PresentedCredential.Kind, _ route: Route) -> Bool {
        route.carriers?.contains { $0.takes == kind } ?? false
    }

    static func readsBody(_ route: Route) -> Bool {
        !route.media.isEmpty
            && route.bindings.contains { $0.sources.contains { if case .body = $0 { true } else { false } } }
    }

    /// The dialect with one route, and an exchange for its replies to speak of.
    static func stage(_ route: Route?, of dialect: Dialect, baseURL: String, _ request: SampleRequest?)
        -> (CompiledDialect, ReplyContext)
    {
        var dialect = dialect
        dialect.routes = route.map { [$0] } ?? []
        let wire = WireRequest(
            method: request?.method ?? "GET", path: request?.path ?? "/nowhere",
            query: request.flatMap { $0.query.isEmpty ? nil : CurlLine.query($0.query) })
        var context = ReplyContext(baseURL: baseURL, contents: RequestContents(wire))
        context.id = "01J9Z3K8QW5X7Y2V4B6N8M0P1R"
        context.time = SampleText.moment
        context.session = Session.ID("Zs2vKq8hT1mYb4Xc")
        return (CompiledDialect(dialect), context)
    }
}
