import WatchwordCore
import WatchwordDialect

extension DialectReading {
    /// Throws `StartFailure` if a variable holds a secret too short for its key.
    public func checkSecrets(_ environment: RealmEnvironment) throws {
        for key in dialect.keys {
            _ = try RealmKeys.given(
                key, minimum: max(key.minimumBytes, key.algorithm.minimumBytes), environment)
        }
    }
}
