import WatchwordCore

extension Engine {
    /// How long asking for a link takes: far longer than the work, far shorter than anybody minds.
    private static let linkRequestPace = Duration.milliseconds(50)

    /// Mails a link to whoever has this identifier, and answers alike whether anybody has; where the route has no place
    /// for one, to the caller.
    ///
    /// Known and unknown accounts cost nearly the same: the link is made and its mail sealed either way, and either
    /// way one transaction is committed, which holds the audit event at least. The few rows between them would still
    /// show on a fast disk, so the answer is given at an even pace. Beyond the mailbox's throttle nothing is sent
    /// and the answer stays the same, so that nobody can flood a mailbox.
    ///
    /// Only where the contract tells anyway who has an account, it refuses `unknownAccount` and `alreadyVerified`.
    func requestLink(
        _ purpose: OneTimeTokenRecord.Purpose, _ kind: AuditEvent.Kind, _ submission: Submission, _ caller: Caller
    ) async throws -> Outcome<Grant> {
        let now = clock.now()
        var inputs = InputReader(submission)
        let name = readAddressee(&inputs, caller)
        if let refusal = inputs.refusal { return .refused(refusal) }
        if let refusal = admit(kind, caller, at: now) { return .refused(refusal) }
        return try await evenly(Self.linkRequestPace, by: ContinuousClock()) {
            let account = try await store.read { try name?.find(in: $0) }
            if oneTimeTerms(purpose).tellsUnknown, let code = hindrance(to: purpose, account) {
                return refused(code, kind, caller, at: now, account: account?.id)
            }
            if admit(kind, caller, mailTo: account?.email ?? name?.key ?? "", at: now) == nil {
                try await mailLink(purpose, kind, name, account, caller, at: now)
            }
            return .granted(Grant())
        }
    }

    /// Whose link is asked for. An address that is none is a mistake of form; other texts can be nobody's.
    private func readAddressee(_ inputs: inout InputReader, _ caller: Caller) -> AccountName? {
        let asked = [InputName.email, .username, .identity].filter { inputs.expects($0) }
        if asked.isEmpty, let principal = caller.principal { return .id(principal.account.id) }
        let given = asked.first { inputs.submission[$0].map { $0 != .null && $0 != .string("") } ?? false }
        guard (given ?? asked.first ?? .email) == .email else {
            return inputs.accountName(asked, login: terms.accounts.login)
        }
        return .identifier(.email(inputs.requiredEmail()))
    }

    private func hindrance(to purpose: OneTimeTokenRecord.Purpose, _ account: Account?) -> RefusalCode? {
        guard let account, !account.disabled, account.email != nil else { return .unknownAccount }
        return purpose == .verify && account.emailVerified ? .alreadyVerified : nil
    }

    private func mailLink(
        _ purpose: OneTimeTokenRecord.Purpose, _ kind: AuditEvent.Kind, _ name: AccountName?, _ found: Account?,
        _ caller: Caller, at now: Timestamp
    ) async throws {
        let link = try makeLink(
            purpose, of: found?.id ?? decoyID(at: now), found?.email ?? name?.key ?? "", askedBy: caller, at: now)
        try await store.write { transaction in
            let account = try name?.find(in: transaction)
            // The link is good for the account and address that it was made for and for no other.
            let isSame = account?.id == found?.id && account?.email == found?.email
            let isDue = isSame && hindrance(to: purpose, account) == nil
            if let account, isDue { try enqueue(link, purpose, to: account, at: now, in: transaction) }
            try transaction.append(
                event(kind, caller, at: now, account: account?.id, detail: isDue ? "mailed" : "nothing to mail"))
        }
    }
}
