import HTTPTypes
import Hummingbird
import WatchwordVerifier

/// A request context with a place for whoever was verified.
public protocol VerifiedRequestContext: RequestContext {
    /// Nothing before `RequireToken` has looked, and behind one that lets strangers pass.
    var verified: VerifiedToken? { get set }
}

/// Lets a request pass if it carries a good token, and puts what the token says into the context.
///
/// Answers 401 with the challenge of RFC 6750 section 3, or 503 where nothing can be known for the moment.
public struct RequireToken<Context: VerifiedRequestContext>: RouterMiddleware {
    /// Where a client carries its token.
    public enum Carrier: Sendable {
        /// `Authorization: Bearer token` (RFC 6750 section 2.1).
        case bearer
        /// The cookie of that name. A browser attaches it to requests of other sites as well: check those yourself.
        case cookie(String)
    }

    private let verifier: Verifier
    private let carriers: [Carrier]
    private let admitsStrangers: Bool

    /// - Parameters:
    ///   - carriers: the first that holds something counts.
    ///   - admitsStrangers: whether a request without a token passes; one with a bad token never does.
    public init(_ verifier: Verifier, from carriers: [Carrier] = [.bearer], admitsStrangers: Bool = false) {
        self.verifier = verifier
        self.carriers = carriers
        self.admitsStrangers = admitsStrangers
    }

    public func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var context = context
        guard let token = carriers.lazy.compactMap({ $0.token(in: request) }).first else {
            guard admitsStrangers else { throw Self.refusal(#"Bearer"#) }
            return try await next(request, context)
        }
        do {
            context.verified = try await verifier.verify(token)
        } catch {
            guard error.isTemporary else { throw Self.refusal(#"Bearer error="invalid_token""#) }
            throw HTTPError(.serviceUnavailable, headers: [.retryAfter: "1"])
        }
        return try await next(request, context)
    }

    private static func refusal(_ challenge: String) -> HTTPError {
        HTTPError(.unauthorized, headers: [.wwwAuthenticate: challenge])
    }
}

extension RequireToken.Carrier {
    /// The token, if something stands there at all.
    fileprivate func token(in request: Request) -> String? {
        switch self {
        case .bearer:
            guard let field = request.headers[.authorization], !field.isEmpty else { return nil }
            let parts = field.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
            // What is there and no bearer token is a bad one: it must not pass as a stranger.
            guard parts.count == 2, parts[0].lowercased() == "bearer" else { return "" }
            return String(parts[1])
        case .cookie(let name):
            return request.cookies[name]?.value
        }
    }
}
