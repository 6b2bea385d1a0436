import Testing
import WatchwordCore

@Suite("Audit events")
struct AuditEventTests {
    /// Records of years and operators' queries hold these words. Add to them; never change or reuse one.
    private static let ledger = [
        "sign_up", "sign_in", "sign_out", "refresh", "refresh_reused", "renew", "password_change", "password_rehash",
        "verification_request", "verify_email", "reset_request", "password_reset", "key_create", "key_rotate",
        "key_revoke", "agent_register", "agent_remove", "agent_update", "agent_share", "agent_unshare",
        "agent_connect", "agent_disconnect", "connection_open", "connection_close", "terminal_open", "terminal_close",
        "ticket_create", "session_revoke", "account_create", "account_update", "account_disable", "account_enable",
        "account_delete", "introspect", "signing_key_make", "account_import", "account_export", "token_exchange",
        "throttled",
    ]

    @Test("have the kinds of the ledger")
    func kinds() { #expect(AuditEvent.Kind.allCases.map(\.rawValue) == Self.ledger) }

    @Test("are granted, nobody's and without detail unless something else is said, and have no number yet")
    func initial() {
        let event = AuditEvent(at: Timestamp(seconds: 1), kind: .signIn, address: "cli")
        #expect(event.sequence == 0 && event.outcome == "granted" && event.detail.isEmpty)
        #expect(event.accountID == nil && event.sessionID == nil)
    }

    @Test("name sessions' ends by words that are permanent as well")
    func reasons() {
        #expect(
            Session.Reason.allCases.map(\.rawValue) == [
                "signed_out", "password_changed", "password_reset", "refresh_reused", "account_disabled", "revoked",
            ])
    }

    @Test("are in a store under the words of purposes and states that are permanent as well")
    func words() {
        #expect(OneTimeTokenRecord.Purpose.allCases.map(\.rawValue) == ["verify", "reset"])
        #expect(SigningKeyStanding.State.allCases.map(\.rawValue) == ["next", "signing", "verifying"])
        #expect(
            PresentedCredential.Kind.allCases.map(\.rawValue) == ["access", "api_key", "refresh", "password"])
        #expect(Identifier.Kind.allCases.map(\.rawValue) == ["email", "username"])
    }
}
