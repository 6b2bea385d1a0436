import WatchwordCore

extension Engine {
    /// Does one operation with what a request submitted.
    ///
    /// An operation that acts for somebody needs `caller.principal`; without one it refuses `missingToken`, and
    /// `forbidden` where `user_id` names an account that is not the principal's.
    public func perform(
        _ operation: Operation, _ submission: Submission, _ caller: Caller
    ) async throws -> Outcome<Grant> {
        if let principal = caller.principal, isForeign(submission, principal) { return .refused(.forbidden) }
        return switch operation {
        case .signUp: try await signUp(submission, caller)
        case .signIn: try await signIn(submission, caller)
        case .refresh: try await refresh(submission, caller)
        case .renew: try await renew(caller)
        case .whoAmI: whoAmI(caller)
        case .changePassword: try await changePassword(submission, caller)
        case .signOut: try await signOut(submission, caller)
        case .verifyEmail: try await verifyEmail(submission, caller)
        case .requestVerification: try await requestVerification(submission, caller)
        case .requestReset: try await requestReset(submission, caller)
        case .resetPassword: try await resetPassword(submission, caller)
        case .createAPIKey: try await createAPIKey(submission, caller)
        case .listAPIKeys: try await listAPIKeys(submission, caller)
        case .revokeAPIKey: try await revokeAPIKey(submission, caller)
        case .registerAgent: try await registerAgent(submission, caller)
        case .listAgents: try await listAgents(submission, caller)
        case .static: .granted(Grant())
        case .getUser: try await getUser(submission, caller)
        case .listUsers: try await listUsers(submission, caller)
        case .listSessions: try await listSessions(submission, caller)
        case .revokeSession: try await revokeSession(submission, caller)
        case .updateAccount: try await updateAccount(submission, caller)
        case .deleteAccount: try await deleteAccount(submission, caller)
        case .rotateAPIKey: try await rotateAPIKey(submission, caller)
        case .getAgent: try await getAgent(submission, caller)
        case .removeAgent: try await removeAgent(submission, caller)
        case .updateAgent: try await updateAgent(submission, caller)
        case .shareAgent: try await shareAgent(submission, caller)
        case .unshareAgent: try await unshareAgent(submission, caller)
        case .createTicket: try await createTicket(submission, caller)
        case .introspect: try await introspect(submission, caller)
        case .keySet: keySet()
        }
    }
}
