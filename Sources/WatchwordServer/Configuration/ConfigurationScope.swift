/// Whose key it is.
enum ConfigurationScope: Sendable, Hashable {
    case server
    case realm(String)
    /// One of a realm's dialects, by its name.
    case dialect(String, of: String)

    var keys: [ConfigurationKey] {
        switch self {
        case .server: ConfigurationKey.server
        case .realm: ConfigurationKey.realm
        case .dialect: ConfigurationKey.dialect
        }
    }

    /// The steps from the root of the file.
    var path: [String] {
        switch self {
        case .server: []
        case .realm(let realm): ["realms", realm]
        case .dialect(let name, let realm): ["realms", realm, "dialects", name]
        }
    }
}
