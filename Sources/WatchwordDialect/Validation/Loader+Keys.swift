import WatchwordCore

extension Loader {
    /// `main: {alg: HS256, env: JWT_SECRET, min_bytes: 32, alg_env: JWT_ALGORITHM}`.
    mutating func readKeys(_ entry: Node.Entry) {
        for key in members(of: entry, unknown: "key", nil)?.entries ?? [] {
            keyNames.append(key.key)
            if !isWord(key.key) {
                report.error("`\(key.key)` cannot name a key: letters, digits and `_`", at: key.position)
            }
            guard let members = members(of: key, Language.key) else { continue }
            let written = required("alg", of: members, key).flatMap { algorithm($0) }
            let secret = members["env"].flatMap { variable($0) }
            let minimum = members["min_bytes"].flatMap { integer($0, 1...1_024) }
            let algorithmVariable = members["alg_env"].flatMap { variable($0) }
            let verifiesOnly = members["verify_only"].flatMap { flag($0) } ?? isOldIssuers(key.key)
            let rotation = members["rotate"].flatMap { self.rotation($0) }
            guard let written else { continue }
            if let place = members["min_bytes"]?.position, !written.isSymmetric {
                report.error("`min_bytes` is of a shared secret, and \(written.rawValue) has a key pair", at: place)
            } else if let minimum, minimum < written.minimumBytes, !verifiesOnly {
                report.error(
                    "\(written.rawValue) needs `min_bytes` of at least \(written.minimumBytes) (RFC 7518 section 3.2)",
                    at: members["min_bytes"]?.value.position ?? key.position)
            }
            if let place = members["rotate"]?.position {
                if written.isSymmetric {
                    report.error(
                        "a shared secret is not changed by schedule: whoever verifies with it has to be given the next",
                        at: place)
                } else if verifiesOnly {
                    report.error("a key that signs nothing is not changed by schedule", at: place)
                }
            }
            let chosen = algorithmVariable.flatMap { algorithm(from: $0, as: written, at: key.position) } ?? written
            var specification = KeySpecification(
                name: key.key, algorithm: chosen, algorithmEnvironment: algorithmVariable, environment: secret,
                minimumBytes: max(minimum.map(Int.init) ?? 0, verifiesOnly ? 0 : chosen.minimumBytes))
            specification.verifiesOnly = verifiesOnly
            specification.rotation = rotation
            dialect.keys.append(specification)
        }
    }

    /// Whether `accept:` names the key and no token of ours is signed with it.
    private func isOldIssuers(_ name: String) -> Bool {
        let ours = (sections["tokens"]?.value.entries ?? []).contains { $0.value["key"]?.string == name }
        guard !ours, let tokens = sections["accept"]?.value["tokens"] else { return false }
        return (tokens.items ?? [tokens]).contains { $0["key"]?.string == name }
    }

    /// `{every: 90d, overlap: 7d}`.
    private mutating func rotation(_ entry: Node.Entry) -> KeyRotation? {
        guard let members = members(of: entry, Language.rotation),
            let every = required("every", of: members, entry).flatMap({ lifetime($0) })
        else { return nil }
        let overlap =
            members["overlap"].flatMap { lifetime($0, orZero: true) } ?? min(.days(7), .seconds(every.seconds / 2))
        if overlap >= every {
            report.error(
                "`overlap` is shorter than `every`: the next key is published while this one signs",
                at: members["overlap"]?.value.position ?? entry.position)
        }
        return KeyRotation(every: every, overlap: overlap)
    }

    private mutating func algorithm(_ entry: Node.Entry) -> SigningAlgorithm? {
        if entry.value.string?.lowercased() == "none" {
            report.error("`none` signs nothing, and no key can have it", at: entry.value.position)
            return nil
        }
        return choice(entry)
    }

    /// What a variable says; within the family of the key, whose kind it cannot change.
    private mutating func algorithm(
        from variable: String, as written: SigningAlgorithm, at place: SourcePosition
    ) -> SigningAlgorithm? {
        guard let text = environment(variable) else { return nil }
        if let algorithm = SigningAlgorithm(rawValue: text), algorithm.family == written.family { return algorithm }
        let family = SigningAlgorithm.allCases.filter { $0.family == written.family }.map(\.rawValue)
        let choices =
            family.count == 1
            ? family[0] : family.dropLast().joined(separator: ", ") + " or \(family[family.count - 1])"
        let reason =
            written.isSymmetric ? "since the key is a secret text" : "since the key is one of \(written.rawValue)"
        report.error(
            "the environment has \(variable)=\(text.prefix(40)): it must be \(choices), \(reason)", at: place)
        return nil
    }
}
