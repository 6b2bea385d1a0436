import WatchwordCore

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
            lifetimes[setting.key] = .some(nil)
            if !isWord(setting.key) {
                report.error("`\(setting.key)` cannot name a setting: letters, digits and `_`", at: setting.position)
            }
            guard let members = members(of: setting, unknown: "setting key", ["env", "unit", "default"]),
                let name = required("env", of: members, setting).flatMap({ variable($0) }),
                let unit: Setting.Unit = required("unit", of: members, setting).flatMap({ choice($0) }),
                let initial = required("default", of: members, setting).flatMap({ integer($0, 1...1_000_000_000) })
            else { continue }
            dialect.settings.append(Setting(name: setting.key, environment: name, unit: unit, initial: initial))
            guard let standing = unit.lifetime(initial) else {
                report.error("`default` is over 36500 days", at: setting.value.position)
                continue
            }
            lifetimes[setting.key] = standing
            guard let written = environment(name) else { continue }
            guard let count = Int64(written), written.utf8.allSatisfy(isDigitByte), count > 0,
                let lifetime = unit.lifetime(count)
            else {
                report.error(
                    "the environment has \(name)=\(written.prefix(40)): it must be a positive whole number of \(unit.plural)",
                    at: setting.position)
                continue
            }
            lifetimes[setting.key] = lifetime
        }
    }

    /// A member that must be there, reported if it is not.
    mutating func required(_ key: String, of members: Members, _ owner: Node.Entry) -> Node.Entry? {
        if let entry = members[key] { return entry }
        report.error("`\(owner.key)` needs `\(key)`", at: members.position)
        return nil
    }

    /// `main: {alg: HS256, env: JWT_SECRET, min_bytes: 32, alg_env: JWT_ALGORITHM}`.
    mutating func readKeys(_ entry: Node.Entry) {
        for key in members(of: entry, unknown: "key", nil)?.entries ?? [] {
            keyNames.append(key.key)
            if !isWord(key.key) {
                report.error("`\(key.key)` cannot name a key: letters, digits and `_`", at: key.position)
            }
            guard let members = members(of: key, unknown: "key member", ["alg", "env", "min_bytes", "alg_env"])
            else { continue }
            let written = required("alg", of: members, key).flatMap { algorithm($0) }
            let secret = members["env"].flatMap { variable($0) }
            let minimum = members["min_bytes"].flatMap { integer($0, 1...1_024) }
            let algorithmVariable = members["alg_env"].flatMap { variable($0) }
            guard let written else { continue }
            if let minimum, minimum < written.minimumBytes {
                report.error(
                    "\(written.rawValue) needs `min_bytes` of at least \(written.minimumBytes) (RFC 7518 section 3.2)",
                    at: members["min_bytes"]?.value.position ?? key.position)
            }
            let chosen = algorithmVariable.flatMap { algorithm(from: $0, at: key.position) } ?? written
            dialect.keys.append(
                KeySpecification(
                    name: key.key, algorithm: chosen, algorithmEnvironment: algorithmVariable, environment: secret,
                    minimumBytes: max(minimum.map(Int.init) ?? 0, chosen.minimumBytes)))
        }
    }

    private mutating func algorithm(_ entry: Node.Entry) -> SigningAlgorithm? {
        let name = entry.value.string ?? ""
        if name.lowercased() == "none" {
            report.error("`none` signs nothing, and no key can have it", at: entry.value.position)
            return nil
        }
        if let algorithm = SigningAlgorithm(rawValue: name), !algorithm.isSymmetric {
            report.error("`\(name)` is not supported yet", at: entry.value.position)
            return nil
        }
        return choice(entry)
    }

    /// What a variable says; within the family of the key, which is a shared secret.
    private mutating func algorithm(from variable: String, at place: SourcePosition) -> SigningAlgorithm? {
        guard let written = environment(variable) else { return nil }
        if let algorithm = SigningAlgorithm(rawValue: written), algorithm.isSymmetric { return algorithm }
        report.error(
            "the environment has \(variable)=\(written.prefix(40)): it must be HS256, HS384 or HS512, since the key is a secret text",
            at: place)
        return nil
    }
}
