import WatchwordCore
import WatchwordDialect

extension DialectReading {
    /// Throws `StartFailure` if a variable holds a key that cannot be used.
    public func checkSecrets(_ environment: RealmEnvironment) throws {
        for key in dialect.keys {
            _ = try key.given(by: environment)
        }
    }
}
