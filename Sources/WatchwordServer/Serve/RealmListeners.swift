import WatchwordDialect
import WatchwordEngine
import WatchwordHTTP

/// The listeners of one realm: its dialects by the addresses on which they are heard.
struct RealmListeners: Sendable {
    struct Group: Sendable {
        /// In the order of the configuration; at least one.
        var dialects: [String]
        var address: Configuration.Address
        /// Whether the realm's pages are there, and proxies may ask whom to let pass.
        var isRealms: Bool
        /// What its port is told by: the realm's name, and behind it that of a dialect with a listener of its own.
        var label: String
        /// Whether it takes any free port, which is another one for each.
        var isAny: Bool
    }

    private var listeners: [(group: Group, listener: Listener)] = []

    /// The dialects of a realm by their listeners.
    static func groups(_ realm: RealmConfiguration) -> [Group] {
        var groups: [Group] = []
        for spoken in realm.dialects {
            let address = spoken.address ?? realm.address
            let isAny = spoken.address?.port == 0
            if !isAny, let index = groups.firstIndex(where: { $0.address == address && !$0.isAny }) {
                groups[index].dialects.append(spoken.name)
                continue
            }
            let label = groups.isEmpty ? realm.name : "\(realm.name)/\(spoken.name)"
            groups.append(
                Group(
                    dialects: [spoken.name], address: address, isRealms: groups.isEmpty, label: label, isAny: isAny))
        }
        return groups
    }

    mutating func add(_ group: Group, _ listener: Listener) { listeners.append((group, listener)) }

    static func mounts(_ group: Group, of dialects: [OpenDialect]) -> [Mount] {
        dialects.filter { group.dialects.contains($0.spoken.name) }.map {
            Mount(engine: $0.engine, dialect: CompiledDialect($0.dialect), hosts: Set($0.spoken.hosts))
        }
    }

    /// Answers with these dialects from now on.
    func replace(with dialects: [OpenDialect], forwardAuth: ForwardAuthSettings?, site: Site?) {
        for (group, listener) in listeners {
            listener.replace(
                Self.mounts(group, of: dialects), forwardAuth: group.isRealms ? forwardAuth : nil,
                site: group.isRealms ? site : nil)
        }
    }
}
