import WatchwordCore

extension Engine {
    /// Whether the caller knows the current password: the credential that was verified, or `wrongPassword`.
    ///
    /// A stolen token must not become a way to guess the password: this counts like signing in. In the transaction that
    /// follows, compare the version: the password may be another by then.
    func verifyCurrent(
        _ password: Secret, of account: Account.ID, _ kind: AuditEvent.Kind, _ caller: Caller, at now: Timestamp
    ) async throws -> Outcome<PasswordCredential> {
        if let refusal = admit(kind, caller, attemptAt: account.text, at: now) { return .refused(refusal) }
        let credential = try await store.read { try $0.passwordCredential(of: account) }
        switch try await verify(password, against: credential?.hash) {
        case .refused(let busy):
            throttle.abandoned(account.text, caller.address.network)
            return .refused(busy)
        case .granted(.right):
            guard let credential else { break }
            throttle.succeeded(account.text, caller.address.network, at: now)
            return .granted(credential)
        case .granted: break
        }
        throttle.failed(account.text, at: now)
        return refused(.wrongPassword, kind, caller, at: now, account: account)
    }
}
