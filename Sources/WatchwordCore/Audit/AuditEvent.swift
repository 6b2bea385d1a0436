/// One line of the append-only record of security events. It never holds a secret.
public struct AuditEvent: Hashable, Sendable {
    /// Grows by one in the realm's database; 0 before it is appended.
    public var sequence: Int64
    public var at: Timestamp
    public var kind: Kind
    public var accountID: Account.ID?
    public var sessionID: Session.ID?
    /// The client address, as text; `cli` for an operator's command.
    public var address: String
    /// `granted`, or the refusal's code.
    public var outcome: String
    /// What else an investigator needs: a key id, a reason, how many sessions ended.
    public var detail: String

    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case signUp = "sign_up"
        case signIn = "sign_in"
        case signOut = "sign_out"
        case refresh
        case refreshReused = "refresh_reused"
        case renew
        case passwordChange = "password_change"
        case passwordRehash = "password_rehash"
        case verificationRequest = "verification_request"
        case verifyEmail = "verify_email"
        case resetRequest = "reset_request"
        case passwordReset = "password_reset"
        case keyCreate = "key_create"
        case keyRotate = "key_rotate"
        case keyRevoke = "key_revoke"
        case agentRegister = "agent_register"
        case agentRemove = "agent_remove"
        case agentUpdate = "agent_update"
        case agentShare = "agent_share"
        case agentUnshare = "agent_unshare"
        case agentConnect = "agent_connect"
        case agentDisconnect = "agent_disconnect"
        /// A person's socket was opened; one to an agent's terminal is `terminalOpen` besides.
        case connectionOpen = "connection_open"
        case connectionClose = "connection_close"
        case terminalOpen = "terminal_open"
        case terminalClose = "terminal_close"
        case ticketCreate = "ticket_create"
        case sessionRevoke = "session_revoke"
        case accountCreate = "account_create"
        case accountUpdate = "account_update"
        case accountDisable = "account_disable"
        case accountEnable = "account_enable"
        case accountDelete = "account_delete"
        case introspect
        /// A key that signs tokens was made; one of an account is `keyCreate`.
        case signingKeyMake = "signing_key_make"
        case accountImport = "account_import"
        case accountExport = "account_export"
        /// A token of the system before this one, taken over.
        case tokenExchange = "token_exchange"
        case throttled
    }

    public init(
        sequence: Int64 = 0, at: Timestamp, kind: Kind, accountID: Account.ID? = nil, sessionID: Session.ID? = nil,
        address: String, outcome: String = "granted", detail: String = ""
    ) {
        self.sequence = sequence
        self.at = at
        self.kind = kind
        self.accountID = accountID
        self.sessionID = sessionID
        self.address = address
        self.outcome = outcome
        self.detail = detail
    }
}
