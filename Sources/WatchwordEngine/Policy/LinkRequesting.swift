import WatchwordCore

extension Engine {
    /// How long asking for a link takes: far longer than the work, far shorter than anybody minds.
    private static let linkRequestPace = Duration.milliseconds(50)

    /// Mails a link to whoever has this address, and answers alike whether anybody has.
    ///
    /// Known and unknown addresses cost nearly the same: the link is made and its mail sealed either way, and either
    /// way one transaction is committed, which holds the audit event at least. The few rows between them would still
    /// show on a fast disk, so the answer is given at an even pace. Beyond the mailbox's throttle nothing is sent
    /// and the answer stays the same, so that nobody can flood a mailbox.
    func requestLink(
        _ purpose: OneTimeTokenRecord.Purpose, _ kind: AuditEvent.Kind, _ submission: Submission, _ caller: Caller
    ) async throws -> Outcome<Grant> {
        let now = clock.now()
        var inputs = InputReader(submission)
        let email = inputs.requiredEmail()
        if let refusal = inputs.refusal { return .refused(refusal) }
        if let refusal = admit(kind, caller, at: now) { return .refused(refusal) }
        return try await evenly(Self.linkRequestPace, by: ContinuousClock()) {
            if admit(kind, caller, mailTo: email, at: now) == nil {
                try await mailLink(purpose, kind, to: email, caller, at: now)
            }
            return .granted(Grant())
        }
    }

    private func mailLink(
        _ purpose: OneTimeTokenRecord.Purpose, _ kind: AuditEvent.Kind, to email: String, _ caller: Caller,
        at now: Timestamp
    ) async throws {
        let link = try makeLink(purpose)
        try await store.write { transaction in
            let account = try transaction.account(Identifier.email(email))
            let isDue = account.map { !$0.disabled && !(purpose == .verify && $0.emailVerified) } ?? false
            if let account, isDue { try enqueue(link, purpose, to: account, at: now, in: transaction) }
            try transaction.append(
                event(kind, caller, at: now, account: account?.id, detail: isDue ? "mailed" : "nothing to mail"))
        }
    }
}
