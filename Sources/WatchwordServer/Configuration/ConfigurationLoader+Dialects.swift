import WatchwordBuiltIn
import WatchwordCore
import WatchwordHTTP

extension ConfigurationLoader {
    /// The dialects of a realm, at least one: what `dialects` lists or maps, or the one of `dialect`.
    mutating func dialects(of realm: String) -> [SpokenDialect] {
        let scope = ConfigurationScope.realm(realm)
        let listed = source.list("dialects", of: scope)
        let mapped = document.dialects[realm] ?? []
        if source.isSet("dialect", in: scope), listed != nil || !mapped.isEmpty {
            source.note(
                ConfigurationMistake(
                    source.place(of: "dialect", in: scope),
                    "`dialect` and `dialects` cannot both be written: list all of them in `dialects`"))
        }
        if let listed {
            let place = source.place(of: "dialects", in: scope)
            let dialects = named(listed.map { location($0, place) })
            if let first = dialects.first {
                for dialect in dialects where dialect != first { builtInPort(dialect.location, place) }
                return dialects
            }
            source.note(ConfigurationMistake(place, "`dialects` names none"))
            return [SpokenDialect(name: realm, location: .builtIn(BuiltInDialect.seeds[0].name))]
        }
        let dialects = mapped.map { spoken($0, of: realm) }
        if !dialects.isEmpty { return dialects }
        let text = source.text("dialect", of: scope) ?? realm
        let only = location(text, source.place(of: "dialect", in: scope))
        return [SpokenDialect(name: RealmName.derived(from: only), location: only)]
    }

    /// One of a mapping.
    private mutating func spoken(_ name: String, of realm: String) -> SpokenDialect {
        let scope = ConfigurationScope.dialect(name, of: realm)
        let place = source.place(of: "dialect", in: scope)
        let written = source.text("dialect", of: scope)
        var spoken = SpokenDialect(name: name, location: written.map { location($0, place) } ?? .builtIn(name))
        if document.dialects[realm]?.first != name { builtInPort(spoken.location, place) }
        spoken.hosts = (source.list("hosts", of: scope) ?? []).map { $0.lowercased() }
        spoken.publicURL = source.text("public_url", of: scope)
        if let port = source.integer("port", of: scope) {
            let host = source.text("host", of: scope) ?? source.text("host", of: .realm(realm))
            spoken.address = Configuration.Address(host: host ?? "127.0.0.1", port: port)
        } else if source.isSet("host", in: scope) {
            source.note(
                ConfigurationMistake(
                    source.place(of: "host", in: scope), "`host` needs `port` beside it: a listener of its own"))
        }
        return spoken
    }

    private func location(_ text: String, _ place: ConfigurationMistake.Place) -> DialectLocation {
        let location = DialectLocation(text)
        guard case .file(let path) = location else { return location }
        return .file(source.resolved(path, place))
    }

    /// Names from the files' own; of two alike the second has a number behind it.
    private func named(_ locations: [DialectLocation]) -> [SpokenDialect] {
        var taken: [String: Int] = [:]
        return locations.map { location in
            let name = RealmName.derived(from: location)
            taken[name, default: 0] += 1
            let count = taken[name] ?? 1
            return SpokenDialect(name: count == 1 ? name : "\(name)-\(count)", location: location)
        }
    }

    mutating func forwardAuth(_ scope: ConfigurationScope) -> ForwardAuthConfiguration? {
        guard let path = source.text("forward_auth.path", of: scope) else {
            // A path that is none was noted already.
            guard !source.isSet("forward_auth.path", in: scope) else { return nil }
            for key in ConfigurationKey.realm.map(\.pathText)
            where key.hasPrefix("forward_auth.") && source.isSet(key, in: scope) {
                source.note(
                    ConfigurationMistake(
                        source.place(of: key, in: scope), "`\(key)` needs `forward_auth.path`: where proxies ask"))
            }
            return nil
        }
        var forwardAuth = ForwardAuthConfiguration(path: path)
        forwardAuth.credentials = source.text("forward_auth.credentials", of: scope)
        forwardAuth.role = source.text("forward_auth.require_role", of: scope)
        forwardAuth.requiresVerified = source.flag("forward_auth.require_verified", of: scope) ?? false
        var headers = ForwardAuthSettings.Headers()
        let field = { (source: inout ConfigurationSource, name: String) in
            source.text("forward_auth.headers.\(name)", of: scope)
        }
        if let name = field(&source, "user_id") { headers.userID = name }
        if let name = field(&source, "email") { headers.email = name }
        if let name = field(&source, "email_verified") { headers.emailVerified = name }
        if let name = field(&source, "username") { headers.username = name }
        if let name = field(&source, "role") { headers.role = name }
        if let name = field(&source, "session") { headers.session = name }
        forwardAuth.headers = headers
        return forwardAuth
    }
}
