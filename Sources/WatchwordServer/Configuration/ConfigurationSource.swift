import Configuration

/// Looks keys up: options of the command line first, then the environment, then the file.
///
/// What wins is swift-configuration's to say; this type adds what it does not keep, the place of
/// a value, so that a mistake can be shown where it was made.
struct ConfigurationSource {
    private let reader: ConfigReader
    private let document: ConfigurationDocument
    private let environment: [String: String]
    private let options: [[String]: String]
    /// Where a realm is that nothing in the file describes.
    private let fallback: ConfigurationMistake.Place
    private(set) var mistakes: [ConfigurationMistake] = []

    init(
        document: ConfigurationDocument, environment: [String: String], options: [[String]: String],
        fallback: ConfigurationMistake.Place
    ) {
        self.fallback = fallback
        self.document = document
        self.environment = environment
        self.options = options
        let chosen = InMemoryProvider(
            name: "options",
            values: Dictionary(
                uniqueKeysWithValues: options.map { path, text in
                    (AbsoluteConfigKey(["watchword"] + path), ConfigValue(.string(text), isSecret: false))
                }))
        let written = InMemoryProvider(
            name: "file",
            values: Dictionary(
                uniqueKeysWithValues: document.entries.map { path, entry in
                    let content: ConfigContent =
                        switch entry.content {
                        case .text(let text): .string(text)
                        case .list(let items): .stringArray(items)
                        }
                    return (AbsoluteConfigKey(["watchword"] + path), ConfigValue(content, isSecret: false))
                }))
        reader = ConfigReader(providers: [
            chosen, EnvironmentVariablesProvider(environmentVariables: environment), written,
        ])
    }

    /// A key of the server, or of a realm: what is set, and where.
    private func find(_ key: ConfigurationKey, _ realm: String?) -> (text: String, place: ConfigurationMistake.Place)? {
        let path = (realm.map { ["realms", $0] } ?? []) + key.path
        guard let text = reader.string(forKey: ConfigKey(["watchword"] + path)) else { return nil }
        return (text, place(of: path, key.variable(realm: realm)))
    }

    private func place(of path: [String], _ variable: String) -> ConfigurationMistake.Place {
        if options[path] != nil { return .option("--\(path.last ?? "")") }
        if environment[variable] != nil { return .variable(variable) }
        return document.entries[path]?.place ?? fallback
    }

    private static func key(_ path: String, of realm: String?) -> ConfigurationKey? {
        (realm == nil ? ConfigurationKey.server : ConfigurationKey.realm).first { $0.pathText == path }
    }

    /// Understands the value of the table's key by `read`; notes a mistake where that gives nothing.
    private mutating func value<Result>(
        _ path: String, of realm: String?, _ read: (String, ConfigurationKey.Kind) -> Result?
    ) -> Result? {
        guard let key = Self.key(path, of: realm), let (text, place) = find(key, realm) else { return nil }
        if let result = read(text, key.kind) { return result }
        mistakes.append(ConfigurationMistake(place, "`\(path)` must be \(key.kind.requirement), not `\(text)`"))
        return nil
    }

    mutating func text(_ path: String, of realm: String? = nil) -> String? {
        value(path, of: realm) { text, kind in kind.accepts(text) ? text : nil }
    }

    mutating func integer(_ path: String, of realm: String? = nil) -> Int? {
        value(path, of: realm) { text, kind in kind.accepts(text) ? Int(text) : nil }
    }

    mutating func flag(_ path: String, of realm: String? = nil) -> Bool? {
        value(path, of: realm) { text, kind in kind.accepts(text) ? text == "true" : nil }
    }

    /// A path: relative to the file's folder where the file gives it, else to the working directory.
    mutating func path(_ path: String, of realm: String? = nil) -> String? {
        guard let key = Self.key(path, of: realm), let (text, place) = find(key, realm) else { return nil }
        guard key.kind.accepts(text) else {
            mistakes.append(ConfigurationMistake(place, "`\(path)` must be a path, not empty"))
            return nil
        }
        return resolved(text, place)
    }

    func resolved(_ path: String, _ place: ConfigurationMistake.Place) -> String {
        if case .file = place, !path.hasPrefix("/") { return document.folder + path }
        return path
    }

    mutating func list(_ path: String, of realm: String) -> [String]? {
        guard let key = Self.key(path, of: realm) else { return nil }
        let steps = ["realms", realm] + key.path
        guard let items = reader.stringArray(forKey: ConfigKey(["watchword"] + steps)) else { return nil }
        for item in items where !key.kind.accepts(item) {
            mistakes.append(
                ConfigurationMistake(
                    place(of: steps, key.variable(realm: realm)),
                    "`\(path)` must be \(key.kind.requirement); `\(item)` is not one"))
        }
        return items
    }

    /// Where the key is set, or, if it is not, where its realm or the whole is.
    func place(of path: String, in realm: String) -> ConfigurationMistake.Place {
        guard let key = Self.key(path, of: realm), let found = find(key, realm) else {
            return document.realms.first { $0.name == realm }?.place ?? fallback
        }
        return found.place
    }

    func isSet(_ path: String, in realm: String) -> Bool {
        Self.key(path, of: realm).map { find($0, realm) != nil } ?? false
    }

    mutating func note(_ mistake: ConfigurationMistake) { mistakes.append(mistake) }
}
