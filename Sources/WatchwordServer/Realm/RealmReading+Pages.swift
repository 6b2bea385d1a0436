import WatchwordCore
import WatchwordDialect

extension RealmReading {
    /// Throws `StartFailure` if the realm's pages would be where something else is.
    func checkPages() throws {
        let pages = configuration.pages
        guard pages.isEnabled else { return }
        let subject = "the pages of realm `\(configuration.name)`, under \(pages.path),"
        let prefix = pages.path.split(separator: "/").map { PathPiece.literal(String($0)) }
        let beside = RealmListeners.groups(configuration).first?.dialects ?? []
        for reading in dialects where beside.contains(reading.spoken.name) {
            let routes = reading.dialect.routes.map { ($0.path, "\($0.method) \($0.pathText)") }
            let sockets = reading.dialect.sockets.map { ($0.path, "socket \($0.pathText)") }
            guard
                let (_, taken) = (routes + sockets).first(where: {
                    RouteClash.meet(Array($0.0.prefix(prefix.count)), prefix)
                })
            else { continue }
            throw StartFailure(
                .configuration, "\(subject) would be where \(reading.dialect.name) has \(taken)",
                mend: "choose another `pages.path` for the realm, such as /_watchword/account, or say "
                    + "`pages: {enabled: false}`")
        }
        if let asked = configuration.forwardAuth?.path, asked == pages.path || asked.hasPrefix(pages.path + "/") {
            throw StartFailure(
                .configuration, "\(subject) would be where proxies ask: `forward_auth.path` is \(asked)",
                mend: "choose a path that is not under the pages, such as /_watchword/forward-auth")
        }
    }
}
