import WatchwordCore

/// Makes and checks slow salted hashes, off the threads that serve requests.
public protocol PasswordHasher: Sendable {
    /// A PHC string of the password. Refuses `busy`, with a time to retry, if the queue is full.
    func hash(_ password: Secret) async throws -> Outcome<String>

    /// Whether the password has made this hash. `nil` costs the same and never matches: an account that is
    /// unknown, disabled or without a password takes as long as a wrong one. Refuses `busy` like `hash`.
    func verify(_ password: Secret, against hash: String?) async throws -> Outcome<PasswordVerdict>
}

public enum PasswordVerdict: Sendable, Equatable {
    case wrong
    /// Right; `outdated` if it should be hashed again with today's parameters.
    case right(outdated: Bool)
}
