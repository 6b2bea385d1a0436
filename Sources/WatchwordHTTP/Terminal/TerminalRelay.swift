import Synchronization
import WatchwordCore
import WatchwordRelay

/// The way between persons' terminals and the agents that are connected to this process: one for all realms.
///
/// Its lock is taken when an agent comes or goes and when a terminal is opened, never for a message.
public final class TerminalRelay: Sendable {
    /// The most terminals of one agent at a time.
    static let terminalsPerAgent = 64

    private let clock: any WallClock
    private let agents = Mutex<[AgentKey: AgentLink]>([:])

    public init(clock: any WallClock) { self.clock = clock }

    /// An agent's connection, once it is authenticated and has agreed on `RelayFrame.subprotocol`. `number` is that of
    /// its record: of two connections of one agent the higher stays, and the other's terminals go offline.
    func attach(_ agent: AgentKey, number: UInt64, outlet: any SocketOutlet) -> AgentLink {
        let link = AgentLink(agent: agent, number: number, outlet: outlet, clock: clock) { [weak self] link in
            self?.agents.withLock { agents in
                if agents[agent] === link { agents[agent] = nil }
            }
        }
        let superseded: AgentLink? = agents.withLock { agents in
            if let present = agents[agent], present.number > number { return link }
            return agents.updateValue(link, forKey: agent)
        }
        superseded?.detach()
        return link
    }

    /// Asks the agent for a terminal that is shown on `outlet`.
    ///
    /// - Parameters:
    ///   - who: asks for it, for the agent's log.
    ///   - offline: told at most once that the agent's connection is over, when the outlet has taken the last bytes:
    ///     the owner of the outlet closes it with `ConnectionEnd.agentOffline`. It may be told before this returns.
    func open(
        _ agent: AgentKey, size: TerminalSize, who: String, mode: TerminalMode, outlet: any SocketOutlet,
        offline: @escaping @Sendable () -> Void
    ) -> TerminalOpening {
        guard let link = agents.withLock({ $0[agent] }) else { return .offline }
        return link.open(size: size, who: who, mode: mode, outlet: outlet, offline: offline)
    }
}
