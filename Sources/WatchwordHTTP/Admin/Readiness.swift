import Synchronization

/// Whether this process should be sent requests: what `/readyz` says.
public final class Readiness: Sendable {
    public enum Phase: Int, Sendable {
        case starting, ready, draining
    }

    private let number = Atomic<Int>(Phase.starting.rawValue)
    private let check: @Sendable () async -> Bool

    /// `check` asks the stores to answer a read.
    public init(check: @escaping @Sendable () async -> Bool) { self.check = check }

    public var phase: Phase { Phase(rawValue: number.load(ordering: .acquiring)) ?? .starting }

    public func set(_ phase: Phase) { number.store(phase.rawValue, ordering: .releasing) }

    /// Ready, and the stores answer.
    public func isReady() async -> Bool {
        guard phase == .ready else { return false }
        return await check()
    }
}
