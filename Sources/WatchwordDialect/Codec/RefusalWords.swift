import WatchwordCore

/// How a dialect words what it refuses, wherever that happens.
final class RefusalWords: Sendable {
    private let errors: [RefusalCode: CompiledReply]
    /// How the dialect words each rule: its own code, and the text.
    let messages: [InputRule: (code: String, text: PlainText)]
    let idsAreNumbers: Bool
    private let contentType: String

    init(_ dialect: Dialect) {
        errors = dialect.errors.mapValues(CompiledReply.init)
        messages = dialect.messages.mapValues { ($0.code, PlainText($0.text)) }
        idsAreNumbers = dialect.terms.accounts.idFormat == .integer
        contentType = dialect.contentType
    }

    /// The answer to a refusal, in the words of `Dialect.mapping(of:on:)`.
    ///
    /// Retry-After and Allow are added where the words leave them out.
    func response(_ refusal: Refusal, route: CompiledRoute?, in context: ReplyContext) -> WireResponse {
        guard let (mapped, ownStatus) = refusal.code.nearest({ route?.errors[$0] ?? errors[$0] }, status: \.status)
        else {
            return WireResponse(status: refusal.code.ownStatus ?? 500)
        }
        var scope = scope(of: refusal, route, context)
        let reply = mapped.chosen(by: &scope.context.contents, taking: route?.route.media ?? [])
        // A status that HTTP gives the situation stands, whichever words are chosen.
        let status = ownStatus == mapped.status ? reply.status : ownStatus
        scope.status = status
        if reply.needsExtras { scope.readExtras() }
        var response = reply.response(scope, status: status, contentType: contentType)
        if let seconds = refusal.retryAfter, response.header("retry-after") == nil {
            response.headers.append(("Retry-After", String(seconds)))
        }
        if !refusal.allow.isEmpty, response.header("allow") == nil {
            response.headers.append(("Allow", refusal.allow.joined(separator: ", ")))
        }
        return response
    }

    /// What the words of a refusal may speak of.
    func scope(of refusal: Refusal, _ route: CompiledRoute?, _ context: ReplyContext) -> Scope {
        var told = refusal
        told.code = named(refusal.code, route)
        var scope = Scope(grant: Grant(), refusal: told, context: context, idsAreNumbers: idsAreNumbers)
        scope.route = route
        let worded = words(for: told, in: scope)
        scope.problems = worded.problems
        scope.message = worded.message
        return scope
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
