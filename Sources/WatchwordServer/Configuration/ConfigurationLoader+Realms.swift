import WatchwordBuiltIn
import WatchwordCore
import WatchwordDialect

extension ConfigurationLoader {
    mutating func realms() -> [RealmConfiguration] {
        if let dialect = options.dialect { return alone(dialect) }
        let names = document.realms.isEmpty ? BuiltInDialect.seeds.map(\.name) : document.realms
        return names.map { realm($0) }
    }

    /// One realm that speaks the dialect of `--dialect`, named after it, with what the file says of a realm of that name.
    private mutating func alone(_ text: String) -> [RealmConfiguration] {
        let location = DialectLocation(text)
        var realm = realm(RealmName.derived(from: location), speaking: location)
        if let port = options.port { realm.address.port = port }
        return [realm]
    }

    private mutating func realm(_ name: String, speaking chosen: DialectLocation? = nil) -> RealmConfiguration {
        let scope = ConfigurationScope.realm(name)
        let dialects = chosen.map { [SpokenDialect(name: name, location: $0)] } ?? dialects(of: name)
        let first = dialects[0]
        let port =
            source.integer("port", of: scope) ?? first.address?.port
            ?? defaultPort(name, first.location, alone: chosen != nil)
        var realm = RealmConfiguration(
            name: name, dialect: first.location, address: Configuration.Address(host: "127.0.0.1", port: port))
        realm.first = first
        realm.others = Array(dialects.dropFirst())
        if let host = source.text("host", of: scope) ?? first.address?.host { realm.address.host = host }
        realm.publicURL = source.text("public_url", of: scope)
        realm.tls = tls(scope)
        realm.trustedProxies = source.list("trusted_proxies", of: scope) ?? []
        if let field = source.text("forwarded_field", of: scope).flatMap(RealmConfiguration.ForwardedField.init) {
            realm.forwardedField = field
        }
        realm.corsOrigins = source.list("cors_origins", of: scope)
        realm.corsCredentials = source.flag("cors_credentials", of: scope)
        if let required = source.flag("require_https", of: scope) { realm.requireHTTPS = required }
        if let signUp = source.text("sign_up", of: scope) { realm.signUpOpen = signUp == "open" }
        if let notices = source.flag("notices", of: scope) { realm.sendsNotices = notices }
        realm.requireVerified = source.flag("require_verified", of: scope)
        realm.refuseCommonPasswords = source.flag("refuse_common_passwords", of: scope)
        realm.sessionLimit = source.integer("session_days", of: scope).map { .days(Int64($0)) }
        realm.forwardAuth = forwardAuth(scope)
        realm.pages = pages(scope)
        realm.mail = mail(scope)
        exposure(realm)
        return realm
    }

    /// The port of a realm that has none written: its built-in dialect's, or 8080 for `--dialect FILE`.
    private mutating func defaultPort(_ name: String, _ dialect: DialectLocation, alone: Bool) -> Int {
        let scope = ConfigurationScope.realm(name)
        if let port = builtInPort(dialect, source.place(of: "dialect", in: scope)) { return port }
        if case .file = dialect, !alone, !source.isSet("port", in: scope) {
            source.note(
                ConfigurationMistake(
                    source.place(of: "port", in: scope),
                    "realm `\(name)` needs a `port`: its dialect is a file, which has none of its own"))
        }
        return 8_080
    }

    /// The port of a built-in dialect; nothing for a file, and for a name that none has, which is noted.
    @discardableResult
    mutating func builtInPort(_ dialect: DialectLocation, _ place: ConfigurationMistake.Place) -> Int? {
        guard case .builtIn(let wanted) = dialect else { return nil }
        if let builtIn = BuiltInDialect.all.first(where: { $0.name == wanted }) { return builtIn.port }
        let names = BuiltInDialect.all.map(\.name)
        let hint = suggestion(for: wanted, among: names).map { " (did you mean `\($0)`?)" } ?? ""
        source.note(
            ConfigurationMistake(
                place,
                "no built-in dialect `\(wanted)`\(hint): there are \(names.joined(separator: ", ")); "
                    + "the path of a file has a `/` or ends in `.yaml`"))
        return nil
    }

    private mutating func tls(_ scope: ConfigurationScope) -> RealmConfiguration.TLSFiles? {
        switch (source.path("tls.certificate", of: scope), source.path("tls.key", of: scope)) {
        case (let certificate?, let key?): return RealmConfiguration.TLSFiles(certificate: certificate, key: key)
        case (nil, nil): return nil
        case (nil, _):
            source.note(
                ConfigurationMistake(
                    source.place(of: "tls.key", in: scope), "`tls.key` needs `tls.certificate` beside it"))
        case (_, nil):
            source.note(
                ConfigurationMistake(
                    source.place(of: "tls.certificate", in: scope), "`tls.certificate` needs `tls.key` beside it"))
        }
        return nil
    }

    /// Passwords in the clear on a network are the one thing that may not happen by oversight.
    private mutating func exposure(_ realm: RealmConfiguration) {
        guard realm.tls == nil, realm.trustedProxies.isEmpty, realm.requireHTTPS else { return }
        for (address, scope) in addresses(realm) where !address.isLoopback {
            source.note(
                ConfigurationMistake(
                    source.place(of: "host", in: scope),
                    "realm `\(realm.name)` would take passwords over plain HTTP on `\(address.host)`: "
                        + "give it `tls`, name the proxy in front of it in `trusted_proxies`, or say `require_https: false`"
                ))
        }
    }

    /// Two listeners on one port.
    mutating func clashes(_ configuration: Configuration) {
        var taken: [Int: (owner: String, address: Configuration.Address, realm: String?)] = [:]
        if let admin = configuration.admin, admin.port != 0 { taken[admin.port] = ("the admin listener", admin, nil) }
        for realm in configuration.realms {
            for (address, scope) in addresses(realm) where address.port != 0 {
                guard let other = taken[address.port] else {
                    taken[address.port] = (Self.owner(scope), address, realm.name)
                    continue
                }
                // Two dialects of one realm may share a listener.
                if other.realm == realm.name, other.address == address { continue }
                source.note(
                    ConfigurationMistake(
                        source.place(of: "port", in: scope),
                        "port \(address.port) of \(Self.owner(scope)) is already that of \(other.owner)"))
            }
        }
    }

    /// Where a realm listens, and whose keys say so.
    private func addresses(_ realm: RealmConfiguration) -> [(Configuration.Address, ConfigurationScope)] {
        let own = realm.dialects.compactMap { spoken in
            spoken.address.map { ($0, ConfigurationScope.dialect(spoken.name, of: realm.name)) }
        }
        return realm.dialects.contains { $0.address == nil } ? [(realm.address, .realm(realm.name))] + own : own
    }

    private static func owner(_ scope: ConfigurationScope) -> String {
        switch scope {
        case .server: "the server"
        case .realm(let realm): "realm `\(realm)`"
        case .dialect(let name, let realm): "dialect `\(name)` of realm `\(realm)`"
        }
    }
}
