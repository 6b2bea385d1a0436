import WatchwordCore

extension Engine {
    /// Whether this address may make one more costly request; asked before a hash is spent, a mail sent
    /// or a secret looked up.
    func admit(_ kind: AuditEvent.Kind, _ caller: Caller, at now: Timestamp) -> Refusal? {
        let wait = throttle.take(.address(caller.address.network), throttle.limits.address, at: now)
        return throttled(wait, kind, caller, at: now)
    }

    /// Whether this address may try once more to open the account of that key. The key is the identifier
    /// as given, so that unknown accounts are throttled like known ones. Tell `throttle` how the attempt ended.
    func admit(
        _ kind: AuditEvent.Kind, _ caller: Caller, attemptAt account: String, at now: Timestamp
    ) -> Refusal? {
        throttled(throttle.attempt(account, caller.address.network, at: now), kind, caller, at: now)
    }

    /// Whether one more guess at a short code of that account may be made, from wherever. Give it back if it was right.
    func admit(
        _ kind: AuditEvent.Kind, _ caller: Caller, guessAt account: String, at now: Timestamp
    ) -> Refusal? {
        throttled(throttle.take(.code(account: account), throttle.limits.code, at: now), kind, caller, at: now)
    }

    /// Whether one more mail may be asked for this mailbox, known or not.
    func admit(_ kind: AuditEvent.Kind, _ caller: Caller, mailTo email: String, at now: Timestamp) -> Refusal? {
        let subject = Throttle.Subject.mailbox(Identifier.email(email).key)
        return throttled(throttle.take(subject, throttle.limits.mailbox, at: now), kind, caller, at: now)
    }

    private func throttled(
        _ wait: Int64?, _ kind: AuditEvent.Kind, _ caller: Caller, at now: Timestamp
    ) -> Refusal? {
        guard let wait else { return nil }
        // A flood must not become a flood of records.
        let record = Throttle.Subject.record(caller.address.network)
        if throttle.take(record, throttle.limits.record, at: now) == nil {
            var event = event(.throttled, caller, at: now, detail: kind.rawValue)
            event.outcome = RefusalCode.rateLimited.rawValue
            audit.record(event)
        }
        return Refusal(.rateLimited, retryAfter: max(1, wait))
    }
}
