import WatchwordCore

extension Engine {
    /// An account by id, username or address: the caller's own always (`me` is its id too), another only where the
    /// caller may see others. One that is unknown and one that may not be seen are alike `notFound`.
    func getUser(_ submission: Submission, _ caller: Caller) async throws -> Outcome<Grant> {
        guard let principal = caller.principal else { return .refused(.missingToken) }
        var inputs = InputReader(submission)
        let wanted = inputs.accountName([.id, .username, .email], login: [])
        if let refusal = inputs.refusal { return .refused(refusal) }
        var grant = Grant()
        if let wanted, wanted.names(principal.account) || wanted == .id(ID(Self.ownName)) {
            grant.user = shown(principal.account)
            return .granted(grant)
        }
        // Not looked up where it may not be told, so that no clock tells it either.
        guard let wanted, seesOthers(principal),
            let account = try await store.read({ try wanted.find(in: $0) })
        else { return .refused(.notFound) }
        grant.user = shown(account)
        return .granted(grant)
    }
}
