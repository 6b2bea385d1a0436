import WatchwordCore
import WatchwordDialect

/// A curl command that signs up at a realm, made from its dialect, so that it is right for any dialect.
public enum TryLine {
    /// The command for sign-up, or for sign-in where the dialect has no sign-up; nothing if it has neither.
    public static func text(_ dialect: Dialect, baseURL: String) -> String? {
        let routes =
            dialect.routes.filter { $0.operation == .signUp } + dialect.routes.filter { $0.operation == .signIn }
        guard let route = routes.first(where: isPlain) else { return nil }
        let request = SampleRequest(route, of: dialect)
        return CurlLine(request, baseURL: baseURL, isOneLine: true).text
    }

    /// Whether a line can be made: a path without parameters, and a body.
    private static func isPlain(_ route: Route) -> Bool {
        route.path.allSatisfy { if case .literal = $0 { true } else { false } } && !route.media.isEmpty
    }
}
