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

    /// What is set for a key, and where.
    private func find(_ key: ConfigurationKey, _ scope: ConfigurationScope) -> (
        text: String, place: ConfigurationMistake.Place
    )? {
        let path = scope.path + key.path
        guard let text = reader.string(forKey: ConfigKey(["watchword"] + path)) else { return nil }
        return (text, place(of: path, key.variable(scope)))
    }

    private func place(of path: [String], _ variable: String) -> ConfigurationMistake.Place {
        if options[path] != nil { return .option("--\(path.last ?? "")") }
        if environment[variable] != nil { return .variable(variable) }
        return document.entries[path]?.place ?? fallback
    }

    private static func key(_ path: String, of scope: ConfigurationScope) -> ConfigurationKey? {
        scope.keys.first { $0.pathText == path }
    }

    /// Understands the value of the table's key by `read`; notes a mistake where that gives nothing.
    private mutating func value<Result>(
        _ path: String, of scope: ConfigurationScope, _ read: (String, ConfigurationKey.Kind) -> Result?
    ) -> Result? {
        guard let key = Self.key(path, of: scope), let (text, place) = find(key, scope) else { return nil }
        if let result = read(text, key.kind) { return result }
        mistakes.append(ConfigurationMistake(place, "`\(path)` must be \(key.kind.requirement), not `\(text)`"))
        return nil
    }

    mutating func text(_ path: String, of scope: ConfigurationScope = .server) -> String? {
        value(path, of: scope) { text, kind in kind.accepts(text) ? text : nil }
    }

    mutating func integer(_ path: String, of scope: ConfigurationScope = .server) -> Int? {
        value(path, of: scope) { text, kind in kind.accepts(text) ? Int(text) : nil }
    }

    mutating func flag(_ path: String, of scope: ConfigurationScope = .server) -> Bool? {
        value(path, of: scope) { text, kind in kind.accepts(text) ? text == "true" : nil }
    }

    /// A path: relative to the file's folder where the file gives it, else to the working directory.
    mutating func path(_ path: String, of scope: ConfigurationScope = .server) -> String? {
        guard let key = Self.key(path, of: scope), let (text, place) = find(key, scope) else { return nil }
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

    mutating func list(_ path: String, of scope: ConfigurationScope) -> [String]? {
        guard let key = Self.key(path, of: scope) else { return nil }
        let steps = scope.path + key.path
        guard let items = reader.stringArray(forKey: ConfigKey(["watchword"] + steps)) else { return nil }
        for item in items where !key.kind.accepts(item) {
            mistakes.append(
                ConfigurationMistake(
                    place(of: steps, key.variable(scope)),
                    "`\(path)` must be \(key.kind.requirement); `\(item)` is not one"))
        }
        return items
    }

    /// Where the key is set, or, if it is not, where its realm or dialect or the whole is.
    func place(of path: String, in scope: ConfigurationScope) -> ConfigurationMistake.Place {
        guard let key = Self.key(path, of: scope), isSet(key, scope) else { return document.places[scope] ?? fallback }
        return place(of: scope.path + key.path, key.variable(scope))
    }

    func isSet(_ path: String, in scope: ConfigurationScope) -> Bool {
        Self.key(path, of: scope).map { isSet($0, scope) } ?? false
    }

    private func isSet(_ key: ConfigurationKey, _ scope: ConfigurationScope) -> Bool {
        let name = ConfigKey(["watchword"] + scope.path + key.path)
        return key.kind.isList ? reader.stringArray(forKey: name) != nil : reader.string(forKey: name) != nil
    }

    mutating func note(_ mistake: ConfigurationMistake) { mistakes.append(mistake) }
}
