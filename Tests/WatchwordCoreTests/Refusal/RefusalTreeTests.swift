import Testing
import WatchwordCore

/// By this tree a dialect that says nothing of a code answers as for its parent; whoever moves a code changes the
/// answers of every contract that relies on it.
@Suite("The tree of refusals")
struct RefusalTreeTests {
    private static let golden = """
        error
          validation
            bad_json
            unsupported_media
            too_large
            weak_password
            unmatched_case
          bad_request
          headers_too_large
          request_timeout
          not_found
            unknown_account
          method_not_allowed
          upgrade_required
          conflict
            email_taken
            username_taken
          unauthorized
            invalid_credentials
              account_locked
              account_disabled
              email_not_verified
            missing_token
            invalid_token
              expired_token
              revoked_token
              wrong_token_type
            invalid_refresh
              expired_refresh
              reused_refresh
          wrong_password
          invalid_link
            expired_link
            already_verified
          forbidden
            signup_closed
            insecure_transport
          rate_limited
            quota_exceeded
            busy
          internal

        """

    private func drawn(_ code: RefusalCode, _ level: Int = 0) -> String {
        let line = String(repeating: "  ", count: level) + code.rawValue + "\n"
        return line + RefusalCode.allCases.filter { $0.parent == code }.map { drawn($0, level + 1) }.joined()
    }

    @Test("is what it was")
    func tree() {
        #expect(drawn(.error) == Self.golden)
    }

    @Test("hides whether there is an account: what a stranger must not tell apart is worded alike")
    func alike() {
        for code in [RefusalCode.accountLocked, .accountDisabled, .invalidCredentials] {
            #expect(code.message == RefusalCode.invalidCredentials.message)
        }
        for code in RefusalCode.allCases where code.parent == .invalidToken || code.parent == .invalidRefresh {
            #expect(code.message == code.parent?.message, "\(code.rawValue)")
        }
        #expect(RefusalCode.unknownAccount.message == RefusalCode.notFound.message)
    }

    @Test(
        "says short sentences to people: a capital first, no stop at the end, nothing of its own words",
        arguments: RefusalCode.allCases)
    func sentences(_ code: RefusalCode) {
        let message = code.message
        #expect((4...40).contains(message.count))
        #expect(message.first?.isUppercase == true)
        #expect(message.last?.isLetter == true)
        #expect(!message.contains("_") && message.utf8.allSatisfy { (0x20...0x7E).contains($0) })
    }

    @Test("gives a status of its own to what HTTP has one for, an error every time", arguments: RefusalCode.allCases)
    func statuses(_ code: RefusalCode) {
        guard let status = code.ownStatus else { return }
        #expect((400...599).contains(status))
        // Only we are at fault above 500, and only where we are overloaded or broken.
        #expect((status >= 500) == (code == .busy || code == .internal))
    }

    @Test("is met on some route, but for the codes that only stand for others")
    func met() {
        let signatures = WatchwordCore.Operation.allCases.map(\.signature)
        let met = Set(
            signatures.flatMap(\.refusals) + OperationSignature.everywhere + OperationSignature.authentication)
        let unmet = RefusalCode.allCases.filter { !met.contains($0) }
        // `account_locked` is kept for contracts that know it; `upgrade_required` is a socket's.
        #expect(unmet == [.error, .upgradeRequired, .accountLocked])
    }
}
