import Testing
import WatchwordCore

@Suite("Refusal codes")
struct RefusalCodeTests {
    /// Dialect files, audit records and operators' scripts hold these words. Add to them; never change or reuse one.
    private static let ledger = [
        "error", "validation", "bad_json", "unsupported_media", "too_large", "weak_password",
        "unmatched_case", "bad_request", "headers_too_large", "request_timeout", "not_found", "unknown_account",
        "method_not_allowed", "upgrade_required", "conflict", "email_taken", "username_taken", "unauthorized",
        "invalid_credentials",
        "account_locked", "account_disabled",
        "email_not_verified", "missing_token", "invalid_token", "expired_token", "revoked_token", "wrong_token_type",
        "invalid_refresh", "expired_refresh", "reused_refresh", "wrong_password", "invalid_link", "expired_link",
        "already_verified", "forbidden", "signup_closed", "insecure_transport", "rate_limited", "quota_exceeded",
        "busy", "internal",
    ]

    @Test("The codes are those of the ledger")
    func pinned() {
        #expect(RefusalCode.allCases.map(\.rawValue) == Self.ledger)
    }

    @Test("Every code falls to the root, which has no parent")
    func tree() {
        for code in RefusalCode.allCases {
            var seen: [RefusalCode] = [code]
            while let parent = seen.last?.parent {
                #expect(!seen.contains(parent))
                seen.append(parent)
            }
            #expect(seen.last == .error)
        }
    }

    @Test("What must not be told apart by default has one parent")
    func masking() {
        #expect(RefusalCode.accountDisabled.parent == .invalidCredentials)
        #expect(RefusalCode.emailNotVerified.parent == .invalidCredentials)
        #expect(RefusalCode.reusedRefresh.parent == .invalidRefresh)
        #expect(RefusalCode.expiredRefresh.parent == .invalidRefresh)
        #expect(RefusalCode.revokedToken.parent == .invalidToken)
        #expect(RefusalCode.invalidToken.parent == .unauthorized)
        #expect(RefusalCode.expiredLink.parent == .invalidLink)
        #expect(RefusalCode.accountDisabled.message == RefusalCode.invalidCredentials.message)
        #expect(RefusalCode.expiredLink.message == RefusalCode.invalidLink.message)
    }

    @Test("The codes that HTTP itself has a status for keep it")
    func statuses() {
        let statuses: [RefusalCode: Int] = [
            .unsupportedMedia: 415, .tooLarge: 413, .headersTooLarge: 431, .requestTimeout: 408, .notFound: 404,
            .unknownAccount: 404, .methodNotAllowed: 405, .upgradeRequired: 426, .rateLimited: 429, .busy: 503,
            .forbidden: 403,
            .internal: 500,
        ]
        for code in RefusalCode.allCases { #expect(code.ownStatus == statuses[code]) }
    }

    @Test("Every code has something to say to a person")
    func messages() {
        for code in RefusalCode.allCases { #expect(!code.message.isEmpty) }
    }

    @Test("A fault describes itself by its code and what mends it")
    func fault() {
        #expect(Fault(.diskFull, "free some space").description == "disk_full: free some space")
    }

    @Test("An outcome is either granted or refused, and mapping keeps which")
    func outcomes() {
        let granted = Outcome.granted(2)
        let refused = Outcome<Int>.refused(.busy)
        #expect(granted.map { $0 * 2 } == .granted(4))
        #expect(refused.map { $0 * 2 } == .refused(.busy))
        #expect(granted.output == 2 && granted.refusal == nil)
        #expect(refused.output == nil && refused.refusal == Refusal(.busy))
    }

    @Test("Mapping asks nothing of what was refused, and a fault on the way is thrown on")
    func mapping() {
        struct Broken: Error {}
        let refusal = Refusal(.rateLimited, retryAfter: 7)
        let refused = Outcome<Int>.refused(refusal)
        var asked = 0
        let kept = refused.map { number -> String in
            asked += 1
            return String(number)
        }
        #expect(asked == 0 && kept.refusal == refusal)
        #expect(throws: Broken.self) { try Outcome.granted(1).map { _ in throw Broken() } as Outcome<Int> }
    }
}
