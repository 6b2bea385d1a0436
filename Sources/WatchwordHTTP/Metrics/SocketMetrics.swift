import Synchronization
import WatchwordCore
import WatchwordEngine

/// What one realm's listeners count of their sockets.
final class SocketMetrics: Sendable {
    /// Why an open socket ended.
    enum Ending: Hashable, Sendable, CaseIterable {
        /// By the server, for that cause.
        case server(ConnectionEnd)
        /// Whoever served it was done.
        case finished
        /// By the client, with a closing handshake.
        case client
        /// Without a word.
        case lost
        /// The client broke the protocol or sent too much.
        case violation

        static let allCases = ConnectionEnd.allCases.map(Ending.server) + [.finished, .client, .lost, .violation]

        var name: String {
            switch self {
            case .server(let cause): cause.rawValue
            case .finished: "finished"
            case .client: "client"
            case .lost: "lost"
            case .violation: "violation"
            }
        }
    }

    private static let roles = ConnectionRecord.Role.allCases
    private static let codes = RefusalCode.allCases

    /// Open and not yet authenticated.
    let unauthenticated = Level()
    let terminals = Level()
    let received = Counter()
    let sent = Counter()
    private let open = roles.map { _ in Level() }
    private let opened = roles.map { _ in Counter() }
    private let ended = Ending.allCases.map { _ in Counter() }
    private let refused = codes.map { _ in Counter() }

    func open(_ role: ConnectionRecord.Role) {
        guard let index = Self.roles.firstIndex(of: role) else { return }
        open[index].rise()
        opened[index].add()
    }

    func end(_ role: ConnectionRecord.Role, _ ending: Ending) {
        if let index = Self.roles.firstIndex(of: role) { open[index].fall() }
        if let index = Ending.allCases.firstIndex(of: ending) { ended[index].add() }
    }

    func refuse(_ code: RefusalCode) {
        if let index = Self.codes.firstIndex(of: code) { refused[index].add() }
    }

    /// Every family of it, for the realms that have had a socket.
    static func show(_ realms: [(name: String, sockets: SocketMetrics)], in page: inout MetricsPage) {
        let used = realms.filter(\.sockets.isUsed)
        guard !used.isEmpty else { return }
        page.family("watchword_sockets", .gauge, "Authenticated sockets open.")
        for (realm, sockets) in used {
            for (role, level) in zip(roles, sockets.open) {
                page.sample("watchword_sockets", [("realm", realm), ("role", role.rawValue)], level.value)
            }
        }
        page.family("watchword_sockets_unauthenticated", .gauge, "Sockets open and not yet authenticated.")
        for (realm, sockets) in used {
            page.sample("watchword_sockets_unauthenticated", [("realm", realm)], sockets.unauthenticated.value)
        }
        page.family("watchword_sockets_opened_total", .counter, "Sockets that authenticated.")
        for (realm, sockets) in used {
            for (role, count) in zip(roles, sockets.opened) {
                page.sample("watchword_sockets_opened_total", [("realm", realm), ("role", role.rawValue)], count)
            }
        }
        page.family("watchword_sockets_refused_total", .counter, "Sockets refused, by the refusal's permanent code.")
        for (realm, sockets) in used {
            for (code, count) in zip(codes, sockets.refused) where count.value > 0 {
                page.sample("watchword_sockets_refused_total", [("realm", realm), ("code", code.rawValue)], count)
            }
        }
        page.family("watchword_sockets_ended_total", .counter, "Authenticated sockets that ended, by the cause.")
        for (realm, sockets) in used {
            for (ending, count) in zip(Ending.allCases, sockets.ended) where count.value > 0 {
                page.sample("watchword_sockets_ended_total", [("realm", realm), ("cause", ending.name)], count)
            }
        }
        page.family("watchword_socket_messages_total", .counter, "Messages of authenticated sockets.")
        for (realm, sockets) in used {
            page.sample(
                "watchword_socket_messages_total", [("realm", realm), ("direction", "in")], sockets.received)
            page.sample("watchword_socket_messages_total", [("realm", realm), ("direction", "out")], sockets.sent)
        }
        page.family("watchword_terminals", .gauge, "Terminals open.")
        for (realm, sockets) in used {
            page.sample("watchword_terminals", [("realm", realm)], sockets.terminals.value)
        }
    }

    private var isUsed: Bool {
        (opened + refused).contains { $0.value > 0 } || unauthenticated.value > 0
    }
}

/// A number that rises and falls, changed by any thread without a lock.
final class Level: Sendable {
    private let count = Atomic<Int>(0)

    var value: Double { Double(count.load(ordering: .relaxed)) }

    func rise() { count.wrappingAdd(1, ordering: .relaxed) }
    func fall() { count.wrappingSubtract(1, ordering: .relaxed) }
}

extension MetricsPage {
    fileprivate mutating func sample(_ name: String, _ labels: [(String, String)], _ counter: Counter) {
        sample(name, labels, Double(counter.value))
    }
}
