/// The permanent name of an expected "no". The ledger below is pinned by a test: a code never changes its meaning.
///
/// Codes form a tree. A dialect that does not map a code answers as for its parent, which also masks:
/// a disabled account looks like a wrong password unless the contract says otherwise.
public enum RefusalCode: String, Hashable, Sendable, CaseIterable {
    case error

    // The request itself
    case validation
    case badJSON = "bad_json"
    case unsupportedMedia = "unsupported_media"
    case tooLarge = "too_large"
    /// A new password that breaks the realm's policy, and nothing else is wrong.
    case weakPassword = "weak_password"
    /// A route of several cases, none of which the request is.
    case unmatchedCase = "unmatched_case"
    case badRequest = "bad_request"
    case headersTooLarge = "headers_too_large"
    case requestTimeout = "request_timeout"
    case notFound = "not_found"
    /// No account has that identifier; told only on a route whose own `errors` map it.
    case unknownAccount = "unknown_account"
    case methodNotAllowed = "method_not_allowed"
    /// A plain request to the path of a socket (RFC 9110 section 15.5.22).
    case upgradeRequired = "upgrade_required"

    // Identifiers
    case conflict
    case emailTaken = "email_taken"
    case usernameTaken = "username_taken"

    // Who is asking
    case unauthorized
    case invalidCredentials = "invalid_credentials"
    case accountLocked = "account_locked"
    case accountDisabled = "account_disabled"
    case emailNotVerified = "email_not_verified"
    case missingToken = "missing_token"
    case invalidToken = "invalid_token"
    case expiredToken = "expired_token"
    case revokedToken = "revoked_token"
    case wrongTokenType = "wrong_token_type"
    case invalidRefresh = "invalid_refresh"
    case expiredRefresh = "expired_refresh"
    case reusedRefresh = "reused_refresh"
    case wrongPassword = "wrong_password"

    // Links
    case invalidLink = "invalid_link"
    case expiredLink = "expired_link"
    case alreadyVerified = "already_verified"

    // What is allowed
    case forbidden
    case signupClosed = "signup_closed"
    case insecureTransport = "insecure_transport"

    // How much
    case rateLimited = "rate_limited"
    case quotaExceeded = "quota_exceeded"
    case busy

    /// Ours: a fault, of which nothing is told but its id.
    case `internal`

    /// The code whose reply stands in where a dialect has none for this one; nothing for `error`, the root.
    public var parent: RefusalCode? {
        switch self {
        case .error: nil
        case .badJSON, .unsupportedMedia, .tooLarge, .weakPassword, .unmatchedCase: .validation
        case .emailTaken, .usernameTaken: .conflict
        case .invalidCredentials, .missingToken, .invalidToken, .invalidRefresh: .unauthorized
        case .accountLocked, .accountDisabled, .emailNotVerified: .invalidCredentials
        case .expiredToken, .revokedToken, .wrongTokenType: .invalidToken
        case .expiredRefresh, .reusedRefresh: .invalidRefresh
        case .expiredLink, .alreadyVerified: .invalidLink
        case .signupClosed, .insecureTransport: .forbidden
        case .quotaExceeded, .busy: .rateLimited
        case .unknownAccount: .notFound
        default: .error
        }
    }

    /// The status that HTTP itself gives the situation (RFC 9110, RFC 6585), kept when a dialect's reply
    /// is inherited from a parent: what is too large answers 413 in the shape of `validation`.
    public var ownStatus: Int? {
        switch self {
        case .unsupportedMedia: 415
        case .tooLarge: 413
        case .headersTooLarge: 431
        case .requestTimeout: 408
        case .notFound, .unknownAccount: 404
        case .methodNotAllowed: 405
        case .upgradeRequired: 426
        case .rateLimited: 429
        case .busy: 503
        case .forbidden: 403
        case .internal: 500
        default: nil
        }
    }

    /// What a person is told when a dialect prints `$error.message` and nothing more precise is known.
    public var message: String {
        switch self {
        case .error, .badRequest: "Bad request"
        case .validation: "Invalid request"
        case .badJSON: "Malformed JSON"
        case .unsupportedMedia: "Unsupported content type"
        case .unmatchedCase: "Unsupported request"
        case .tooLarge: "Request body too large"
        case .weakPassword: "This password is too weak"
        case .headersTooLarge: "Request header fields too large"
        case .requestTimeout: "Request timeout"
        case .notFound, .unknownAccount: "Not found"
        case .methodNotAllowed: "Method not allowed"
        case .upgradeRequired: "WebSocket upgrade required"
        case .conflict: "Already exists"
        case .emailTaken: "Email already registered"
        case .usernameTaken: "Username already taken"
        case .unauthorized, .missingToken, .invalidToken, .expiredToken, .revokedToken, .wrongTokenType:
            "Unauthorized"
        case .invalidCredentials, .accountLocked, .accountDisabled: "Invalid credentials"
        case .emailNotVerified: "Email not verified"
        case .invalidRefresh, .expiredRefresh, .reusedRefresh: "Invalid refresh token"
        case .wrongPassword: "Current password is incorrect"
        case .invalidLink, .expiredLink: "Invalid or expired token"
        case .alreadyVerified: "Already verified"
        case .forbidden: "Forbidden"
        case .signupClosed: "Sign-up is closed"
        case .insecureTransport: "HTTPS required"
        case .rateLimited: "Too many requests"
        case .quotaExceeded: "Usage limit reached"
        case .busy: "The server is busy"
        case .internal: "Internal server error"
        }
    }
}
