import WatchwordCore

extension Engine {
    /// Mails a link to whoever has this address, and answers alike whether anybody has.
    ///
    /// Known and unknown addresses cost the same: the link is made and its mail sealed either way, and either way
    /// one transaction is committed, which holds the audit event at least. What is left, a few rows in one commit,
    /// is drowned in the commit's own time, and a mailbox's throttle leaves too few tries to average that away.
    /// Beyond the throttle nothing is sent and the answer stays the same, so that nobody can flood a mailbox.
    func requestLink(
        _ purpose: OneTimeTokenRecord.Purpose, _ kind: AuditEvent.Kind, _ submission: Submission, _ caller: Caller
    ) async throws -> Outcome<Grant> {
        let now = clock.now()
        var inputs = InputReader(submission)
        let email = inputs.requiredEmail()
        if let refusal = inputs.refusal { return .refused(refusal) }
        if let refusal = admit(kind, caller, at: now) { return .refused(refusal) }
        guard admit(kind, caller, mailTo: email, at: now) == nil else { return .granted(Grant()) }

        let link = try makeLink(purpose)
        try await store.write { transaction in
            let account = try transaction.account(Identifier.email(email))
            let isDue = account.map { !$0.disabled && !(purpose == .verify && $0.emailVerified) } ?? false
            if let account, isDue { try enqueue(link, purpose, to: account, at: now, in: transaction) }
            try transaction.append(
                event(kind, caller, at: now, account: account?.id, detail: isDue ? "mailed" : "nothing to mail"))
        }
        return .granted(Grant())
    }
}
