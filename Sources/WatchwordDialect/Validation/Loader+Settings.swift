import WatchwordCore

/// What a setting came to, the environment read.
enum SettingValue: Equatable {
    case lifetime(Lifetime)
    case value(Value)
}

extension Loader {
    /// The versions of the language that this reader knows.
    static let languageVersions: ClosedRange<Int64> = 1...1

    mutating func readLanguageVersion(_ entry: Node.Entry) {
        guard let version = entry.value.scalar?.int else {
            report.error("`dialect` is the version of the language, a whole number: 1", at: entry.value.position)
            return
        }
        if !Self.languageVersions.contains(version) {
            report.error(
                "language version \(version) is not known here; this server reads 1", at: entry.value.position)
        }
    }

    /// `access_ttl: {env: ACCESS_TOKEN_EXPIRE_MINUTES, unit: m, default: 30}`.
    mutating func readSettings(_ entry: Node.Entry) {
        for setting in members(of: entry, unknown: "setting", nil)?.entries ?? [] {
            settings[setting.key] = .some(nil)
            if !isWord(setting.key) {
                report.error("`\(setting.key)` cannot name a setting: letters, digits and `_`", at: setting.position)
            }
            guard let members = members(of: setting, Language.setting) else { continue }
            if let note = members["note"] { _ = text(note) }
            guard
                let name = required("env", of: members, setting).flatMap({ variable($0) }),
                let initial = required("default", of: members, setting),
                let kind = settingKind(members, initial), let standing = standing(kind, initial)
            else { continue }
            dialect.settings.append(
                Setting(name: setting.key, environment: name, kind: kind, initial: initial.value.value))
            settings[setting.key] = standing
            guard let written = environment(name) else { continue }
            guard let value = kind.read(written) else {
                report.error(
                    "the environment has \(name)=\(written.prefix(40)): it must be \(kind.description)",
                    at: setting.position)
                continue
            }
            settings[setting.key] = value
        }
    }

    private enum TypeName: String, CaseIterable { case duration, int, bool, string, integer, boolean, text }

    /// By `type` or `unit`, or else by what the default looks like.
    private mutating func settingKind(_ members: Members, _ initial: Node.Entry) -> Setting.Kind? {
        var unit: Setting.Unit?
        if let entry = members["unit"] {
            guard let chosen: Setting.Unit = choice(entry) else { return nil }
            unit = chosen
        }
        guard let entry = members["type"] else {
            if let unit { return .duration(unit) }
            switch initial.value.scalar {
            case .int: return .integer
            case .bool: return .flag
            case .string(let text): return Loader.lifetime(text) == nil ? .text : .duration(.seconds)
            default:
                report.error("`default` is a number, a text, true or false", at: initial.value.position)
                return nil
            }
        }
        guard let type: TypeName = choice(entry) else { return nil }
        if let place = members["unit"]?.position, type != .duration {
            report.error("`unit` is of `type: duration` only", at: place)
        }
        switch type {
        case .duration: return .duration(unit ?? .seconds)
        case .int, .integer: return .integer
        case .bool, .boolean: return .flag
        case .string, .text: return .text
        }
    }

    /// The default as a value of the setting's kind.
    private mutating func standing(_ kind: Setting.Kind, _ entry: Node.Entry) -> SettingValue? {
        switch kind {
        case .duration(let unit):
            if entry.value.string != nil { return lifetime(entry).map { .lifetime($0) } }
            guard let count = integer(entry, 1...1_000_000_000) else { return nil }
            guard let lifetime = unit.lifetime(count) else {
                report.error("`default` is over 36500 days", at: entry.value.position)
                return nil
            }
            return .lifetime(lifetime)
        case .integer: return integer(entry, Int64.min...Int64.max).map { .value(.int($0)) }
        case .flag: return flag(entry).map { .value(.bool($0)) }
        case .text: return text(entry).map { .value(.string($0)) }
        }
    }

    /// What `$name` or `$settings.name` came to; nothing if there is none, which was reported, or if the setting
    /// itself has a mistake.
    mutating func setting(_ reference: String, at place: SourcePosition) -> SettingValue? {
        let name = String(reference.dropFirst(reference.hasPrefix("$settings.") ? 10 : 1))
        guard let value = settings[name] else {
            report.error(
                message("no such setting `\(name)`", meaning: name, among: settings.keys.sorted()), at: place)
            return nil
        }
        usedSettings.insert(name)
        return value
    }

    /// A member that must be there, reported if it is not.
    mutating func required(_ key: String, of members: Members, _ owner: Node.Entry) -> Node.Entry? {
        if let entry = members[key] { return entry }
        report.error("`\(owner.key)` needs `\(key)`", at: members.position)
        return nil
    }
}

extension Setting.Kind {
    /// What a value of the environment comes to; nothing if it cannot be used.
    fileprivate func read(_ text: String) -> SettingValue? {
        switch self {
        case .duration(let unit):
            if let lifetime = Loader.lifetime(text), lifetime.seconds > 0 { return .lifetime(lifetime) }
            guard let count = Int64(text), text.utf8.allSatisfy(isDigitByte), count > 0 else { return nil }
            return unit.lifetime(count).map { .lifetime($0) }
        case .integer: return Int64(text).map { .value(.int($0)) }
        case .flag:
            return switch text.lowercased() {
            case "true", "1", "yes", "on": .value(.bool(true))
            case "false", "0", "no", "off": .value(.bool(false))
            default: nil
            }
        case .text: return .value(.string(text))
        }
    }

    fileprivate var description: String {
        switch self {
        case .duration(let unit): "a positive whole number of \(unit.plural), or a lifetime such as `15m`"
        case .integer: "a whole number"
        case .flag: "true or false"
        case .text: "text"
        }
    }
}
