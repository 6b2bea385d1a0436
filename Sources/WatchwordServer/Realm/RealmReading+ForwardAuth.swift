import WatchwordCore
import WatchwordDialect
import WatchwordHTTP

extension RealmReading {
    /// What a reverse proxy is answered; nothing where none may ask.
    var forwardAuth: ForwardAuthSettings? {
        guard let chosen = configuration.forwardAuth, let carriers else { return nil }
        var settings = ForwardAuthSettings(path: chosen.path, carriers: carriers)
        settings.headers = chosen.headers
        settings.role = chosen.role
        settings.requiresVerified = chosen.requiresVerified
        return settings
    }

    /// The carriers of the named list; without a name those of the first list with access tokens, and behind them the
    /// cookies of all lists.
    private var carriers: [Carrier]? {
        let lists = dialects.flatMap(\.dialect.credentials)
        if let name = configuration.forwardAuth?.credentials {
            return lists.first { $0.name == name }?.carriers.filter { $0.takes != .refresh }
        }
        guard let first = lists.first(where: { $0.carriers.contains { $0.takes == .access } }) else { return nil }
        var carriers = first.carriers.filter { $0.takes != .refresh }
        for carrier in lists.flatMap(\.carriers) where carrier.takes == .access {
            guard case .cookie = carrier.place, !carriers.contains(where: { $0.place == carrier.place }) else {
                continue
            }
            carriers.append(carrier)
        }
        return carriers
    }

    /// Throws `StartFailure` if proxies are to be answered and nothing says where credentials are.
    func checkForwardAuth() throws {
        guard let chosen = configuration.forwardAuth else { return }
        let subject = "`forward_auth` of realm `\(configuration.name)`"
        if carriers?.isEmpty ?? true {
            let names = dialects.flatMap(\.dialect.credentials).map(\.name)
            let wanted = chosen.credentials ?? ""
            let hint = suggestion(for: wanted, among: names).map { " (did you mean `\($0)`?)" } ?? ""
            throw StartFailure(
                .configuration,
                wanted.isEmpty
                    ? "\(subject) has nowhere to look: no list of carriers takes access tokens"
                    : "\(subject) names `\(wanted)`, which is no list of carriers that can be used\(hint)",
                mend: "the dialect's lists are \(names.joined(separator: ", "))")
        }
        let path = chosen.path.split(separator: "/").map { PathPiece.literal(String($0)) }
        for reading in dialects where reading.spoken.address == nil {
            let paths = reading.dialect.routes.map(\.path) + reading.dialect.sockets.map(\.path)
            guard let taken = paths.first(where: { RouteClash.meet($0, path) }) else { continue }
            throw StartFailure(
                .configuration,
                "\(subject) would take \(chosen.path) from the route \(taken.map { "/" + $0.text }.joined())",
                mend: "choose a path that the dialect does not have, such as /_watchword/forward-auth")
        }
        let roles = dialects.flatMap(\.dialect.terms.accounts.roles)
        if let role = chosen.role, !roles.contains(role) {
            throw StartFailure(
                .configuration, "\(subject) requires the role `\(role)`, which no account can have",
                mend: roles.isEmpty
                    ? "the dialect has no roles" : "the dialect's roles are \(roles.joined(separator: ", "))")
        }
    }
}
