import WatchwordCore

extension Engine {
    /// Does one operation with what a request submitted.
    ///
    /// An operation that acts for somebody needs `caller.principal`; without one it refuses `missingToken`.
    public func perform(
        _ operation: Operation, _ submission: Submission, _ caller: Caller
    ) async throws -> Outcome<Grant> {
        throw Fault(.invariant, "\(operation.rawValue) is not built yet")
    }

    /// Who presents these credentials: each must be good, and all of the same account.
    public func authenticate(
        _ presented: [PresentedCredential], _ caller: Caller
    ) async throws -> Outcome<Principal> {
        throw Fault(.invariant, "authentication is not built yet")
    }

    /// The same from memory alone, without waiting; nothing if the store has to be asked.
    public func recall(_ presented: [PresentedCredential], _ caller: Caller) -> Outcome<Principal>? {
        nil
    }
}
