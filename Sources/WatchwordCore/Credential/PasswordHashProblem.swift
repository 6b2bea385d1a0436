/// Why a password hash cannot be kept.
public enum PasswordHashProblem: String, Error, Hashable, Sendable, CaseIterable {
    /// Its text begins like no hash that is known here.
    case unknownFormat = "unknown_format"
    /// It begins like a known one, and is not one.
    case malformed
    /// Checking one password against it would take more time or memory than a server can spare.
    case tooCostly = "too_costly"
    /// It needs a key that the realm has not been given.
    case keyMissing = "key_missing"
}
