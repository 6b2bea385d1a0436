import WatchwordCore
import WatchwordDialect

extension ConfigurationDocument {
    /// The document in these bytes, and every mistake of shape in it: YAML, unknown keys, lists where a value belongs.
    static func read(_ bytes: [UInt8], file: String) -> ConfigurationDocument {
        var document = ConfigurationDocument(file: file)
        let (node, diagnostics) = YAML.read(bytes: bytes, file: file)
        document.mistakes = diagnostics.map {
            ConfigurationMistake(.file(file, line: $0.position.line, column: $0.position.column), $0.message)
        }
        guard let node, !node.isUnreadable else { return document }
        guard let entries = node.entries else {
            document.note(node.position, "the file must be a mapping of keys, not \(node.typeName)")
            return document
        }
        for entry in entries where entry.key == "realms" { document.take(realms: entry) }
        document.take(entries.filter { $0.key != "realms" }, ConfigurationKey.server, at: [], ["realms"], [])
        document.mistakes.sort { position($0) < position($1) }
        return document
    }

    private mutating func take(realms entry: Node.Entry) {
        guard let realms = entry.value.entries else {
            if !entry.value.isUnreadable {
                note(entry.value.position, "`realms` must be a mapping of names, not \(entry.value.typeName)")
            }
            return
        }
        if realms.isEmpty {
            note(entry.position, "`realms` names none; leave it out to run five of the built-in dialects")
        }
        for realm in realms {
            guard RealmName.isValid(realm.key) else {
                note(realm.position, "a realm's name is \(RealmName.rule), not `\(realm.key)`")
                continue
            }
            self.realms.append(realm.key)
            places[.realm(realm.key)] = place(realm.position)
            if realm.value.isNull || realm.value.isUnreadable { continue }
            guard let entries = realm.value.entries else {
                note(realm.value.position, "a realm must be a mapping of keys, not \(realm.value.typeName)")
                continue
            }
            for entry in entries where entry.key == "dialects" { take(dialects: entry, of: realm.key) }
            let others = entries.filter { $0.key != "dialects" || $0.value.entries == nil }
            take(others, ConfigurationKey.realm, at: [], [], ConfigurationScope.realm(realm.key).path)
        }
    }

    /// A mapping of names to keys; a list is a value like others.
    private mutating func take(dialects entry: Node.Entry, of realm: String) {
        guard let dialects = entry.value.entries else { return }
        if dialects.isEmpty { note(entry.position, "`dialects` names none") }
        for dialect in dialects {
            guard RealmName.isValid(dialect.key) else {
                note(dialect.position, "a dialect's name is \(RealmName.rule), not `\(dialect.key)`")
                continue
            }
            let scope = ConfigurationScope.dialect(dialect.key, of: realm)
            self.dialects[realm, default: []].append(dialect.key)
            places[scope] = place(dialect.position)
            if dialect.value.isNull || dialect.value.isUnreadable { continue }
            guard let entries = dialect.value.entries else {
                note(dialect.value.position, "a dialect must be a mapping of keys, not \(dialect.value.typeName)")
                continue
            }
            take(entries, ConfigurationKey.dialect, at: [], [], scope.path)
        }
    }

    /// Files the entries of one level under their keys. `others` are names that the level knows beside the table's.
    private mutating func take(
        _ entries: [Node.Entry], _ keys: [ConfigurationKey], at level: [String], _ others: [String], _ prefix: [String]
    ) {
        for entry in entries {
            let path = level + [entry.key]
            if let key = keys.first(where: { $0.path == path }) {
                take(entry, key, prefix)
            } else if keys.contains(where: { $0.path.starts(with: path) }) {
                if let inner = entry.value.entries {
                    take(inner, keys, at: path, [], prefix)
                } else if !entry.value.isUnreadable {
                    note(entry.value.position, "`\(entry.key)` must be a mapping of keys, not \(entry.value.typeName)")
                }
            } else {
                let known = keys.filter { $0.path.starts(with: level) }.map { $0.path[level.count] } + others
                let hint =
                    ConfigurationKey.mends[path.joined(separator: ".")]
                    ?? suggestion(for: entry.key, among: known).map { " (did you mean `\($0)`?)" } ?? ""
                note(entry.position, "unknown key `\(path.joined(separator: "."))`\(hint)")
            }
        }
    }

    private mutating func take(_ entry: Node.Entry, _ key: ConfigurationKey, _ prefix: [String]) {
        let content: Content
        switch entry.value.content {
        case .unreadable: return
        case .scalar(let value):
            guard !key.kind.isList, let text = Self.text(value) else {
                return note(
                    entry.value.position,
                    "`\(key.pathText)` must be \(key.kind.requirement), not \(entry.value.typeName)")
            }
            content = .text(text)
        case .sequence(let items):
            guard key.kind.isList else {
                return note(entry.value.position, "`\(key.pathText)` must be \(key.kind.requirement), not a list")
            }
            let texts = items.compactMap { $0.scalar.flatMap(Self.text) }
            guard texts.count == items.count else {
                return note(entry.value.position, "`\(key.pathText)` must be \(key.kind.requirement)")
            }
            content = .list(texts)
        case .mapping:
            return note(entry.value.position, "`\(key.pathText)` must be \(key.kind.requirement), not a mapping")
        }
        let path = prefix + key.path
        // A key written twice was reported by the reader.
        guard entries[path] == nil else { return }
        entries[path] = Entry(content: content, place: place(entry.value.position))
    }

    private static func text(_ value: Value) -> String? {
        switch value {
        case .string(let text): text
        case .int(let number): String(number)
        case .double(let number): String(number)
        case .bool(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }

    private func place(_ position: SourcePosition) -> ConfigurationMistake.Place {
        .file(file, line: position.line, column: position.column)
    }

    private mutating func note(_ position: SourcePosition, _ text: String) {
        mistakes.append(ConfigurationMistake(place(position), text))
    }

    private static func position(_ mistake: ConfigurationMistake) -> SourcePosition {
        guard case .file(_, let line, let column) = mistake.place else { return .start }
        return SourcePosition(line: line, column: column)
    }
}
