/// A dialect that a realm speaks, and where it is heard.
public struct SpokenDialect: Sendable, Equatable {
    /// Its name among the realm's dialects.
    public var name: String
    public var location: DialectLocation
    /// A listener of its own; nothing for the realm's.
    public var address: Configuration.Address?
    public var publicURL: String?
    /// The host names that it answers to, in lower case; empty for all.
    public var hosts: [String] = []

    public init(name: String, location: DialectLocation) {
        self.name = name
        self.location = location
    }
}

/// Where a realm's dialect is read from.
public enum DialectLocation: Sendable, Equatable {
    case builtIn(String)
    case file(String)

    /// A path has a slash or ends in `.yaml` or `.yml`; anything else is a built-in's name.
    public init(_ text: String) {
        self = text.contains("/") || text.hasSuffix(".yaml") || text.hasSuffix(".yml") ? .file(text) : .builtIn(text)
    }

    public var text: String {
        switch self {
        case .builtIn(let name): name;
        case .file(let path): path
        }
    }
}
