import WatchwordCore
import WatchwordDescribe
import WatchwordDialect

/// What is served, as it is shown when the server has started: each realm with a line to try.
public struct StartupTable {
    struct Row {
        var realm: String
        var dialect: String
        var url: String
        var line: String?
    }

    var rows: [Row]
    /// Where each realm's pages are, of those that have some.
    var pages: [(realm: String, url: String)]
    var admin: String?
    var dataDirectory: String

    public var text: String {
        let header = ["realm", "dialect", "url"]
        let cells = [header] + rows.map { [$0.realm, $0.dialect, $0.url] }
        var lines = TextTable.lines(cells)
        lines.append("")
        lines += rows.compactMap(\.line)
        lines.append("")
        var places = pages.map { ["pages of \($0.realm)", $0.url] }
        if let admin { places.append(["health and metrics", "\(admin)/healthz /readyz /metrics"]) }
        places.append(["data", dataDirectory])
        lines += TextTable.lines(places)
        return lines.joined(separator: "\n") + "\n"
    }
}

extension StartupTable {
    /// The table of an instance that listens on these ports.
    public init(_ instance: Instance, ports: [String: Int]) {
        rows = instance.realms.flatMap { realm in
            let groups = RealmListeners.groups(realm.configuration)
            return realm.dialects.map { open in
                var configuration = realm.configuration
                var spoken = open.spoken
                let group = groups.first { $0.dialects.contains(spoken.name) }
                if let port = group.flatMap({ ports[$0.label] }) {
                    if spoken.address == nil { configuration.address.port = port } else { spoken.address?.port = port }
                }
                let url = configuration.publicURL(of: spoken)
                return Row(
                    realm: realm.name, dialect: open.dialect.name, url: url,
                    line: TryLine.text(open.dialect, baseURL: url))
            }
        }
        pages = instance.realms.filter(\.configuration.pages.isEnabled).map { realm in
            var configuration = realm.configuration
            if let port = ports[realm.name] { configuration.address.port = port }
            return (realm.name, configuration.effectivePublicURL + configuration.pages.path)
        }
        if var address = instance.configuration.admin {
            if let port = ports["admin"] { address.port = port }
            admin = "http://\(address.authority)"
        }
        dataDirectory = instance.directory.path
    }
}
