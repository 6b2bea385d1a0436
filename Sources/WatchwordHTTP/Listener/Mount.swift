import WatchwordDialect
import WatchwordEngine

/// One dialect of a listener, and the engine that serves it.
public struct Mount: Sendable {
    public var engine: Engine
    public var dialect: CompiledDialect
    /// The host names that it answers to, in lower case and without a port; empty for all.
    public var hosts: Set<String>

    public init(engine: Engine, dialect: CompiledDialect, hosts: Set<String> = []) {
        self.engine = engine
        self.dialect = dialect
        self.hosts = hosts
    }
}
