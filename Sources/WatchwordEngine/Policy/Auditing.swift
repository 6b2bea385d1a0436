import WatchwordCore

extension Engine {
    /// An event as it goes into the record; append it in the operation's own transaction when it is granted.
    func event(
        _ kind: AuditEvent.Kind, _ caller: Caller, at now: Timestamp, account: Account.ID? = nil,
        session: Session.ID? = nil, detail: String = ""
    ) -> AuditEvent {
        AuditEvent(
            at: now, kind: kind, accountID: account, sessionID: session, address: caller.address.text, detail: detail)
    }

    /// The refusal, put on record without making the caller wait.
    func refused<Output>(
        _ refusal: Refusal, _ kind: AuditEvent.Kind, _ caller: Caller, at now: Timestamp,
        account: Account.ID? = nil, session: Session.ID? = nil, detail: String = ""
    ) -> Outcome<Output> {
        var event = event(kind, caller, at: now, account: account, session: session, detail: detail)
        event.outcome = refusal.code.rawValue
        audit.record(event)
        return .refused(refusal)
    }

    /// The same of a bare code.
    func refused<Output>(
        _ code: RefusalCode, _ kind: AuditEvent.Kind, _ caller: Caller, at now: Timestamp,
        account: Account.ID? = nil, session: Session.ID? = nil, detail: String = ""
    ) -> Outcome<Output> {
        refused(Refusal(code), kind, caller, at: now, account: account, session: session, detail: detail)
    }
}
