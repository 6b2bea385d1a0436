import WatchwordCore

extension ThrottleLimits {
    /// These limits with those of a contract in the places that it names. What is off stays off.
    public func following(_ terms: LimitTerms) -> ThrottleLimits {
        var limits = self
        func replace(_ limit: inout Limit?, _ rate: LimitTerms.Rate?) {
            guard limit != nil, let rate else { return }
            limit = Limit(burst: rate.count, every: rate.span.seconds * 1_000_000 / max(1, rate.count))
        }
        replace(&limits.address, terms.address)
        replace(&limits.attempt, terms.attempts)
        replace(&limits.mailbox, terms.mailbox)
        replace(&limits.key, terms.apiKey)
        return limits
    }
}
