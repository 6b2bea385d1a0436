import WatchwordCore

/// Makes and checks slow salted hashes, off the threads that serve requests.
public protocol PasswordHasher: Sendable {
    /// A PHC string of the password. Refuses `busy`, with a time to retry, if the queue is full.
    func hash(_ password: Secret) async throws -> Outcome<String>

    /// Whether the password has made this hash, which may be of any `PasswordHashFormat`. `nil` costs what a hash of
    /// ours does and never matches: an account that is unknown, disabled or without a password takes as long as a
    /// wrong one. Refuses `busy` like `hash`.
    func verify(_ password: Secret, against hash: String?) async throws -> Outcome<PasswordVerdict>

    /// The kind of hash that the text begins like; nothing if it begins like none that is known.
    func format(of hash: String) -> PasswordHashFormat?

    /// Why this text cannot be kept as a hash; nothing if `verify` can be asked about it. Costs no hash.
    func check(hash: String) -> PasswordHashProblem?
}

public enum PasswordVerdict: Sendable, Equatable {
    case wrong
    /// Right; `outdated` if it should be hashed again with today's algorithm and parameters.
    case right(outdated: Bool)
}
