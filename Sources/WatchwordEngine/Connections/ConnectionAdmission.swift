import Synchronization

/// A place among the sockets that have yet to authenticate. Release it as soon as the socket has, or is over.
public final class ConnectionAdmission: Sendable {
    private let isHeld = Atomic<Bool>(true)
    private let registry: ConnectionRegistry
    private let network: String

    init(_ registry: ConnectionRegistry, network: String) {
        self.registry = registry
        self.network = network
    }

    /// Gives the place back; later calls do nothing.
    public func release() {
        guard isHeld.exchange(false, ordering: .acquiringAndReleasing) else { return }
        registry.leave(network)
    }

    deinit { release() }
}
