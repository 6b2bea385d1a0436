import Synchronization
import WatchwordRelay

@testable import WatchwordHTTP

/// An outlet that keeps what it is given. It takes each message at once, within `send`, or when it is told to.
final class FakeOutlet: SocketOutlet {
    struct Close: Equatable {
        var code: Int
        var reason: String
        var last: SocketMessage?
    }

    struct State {
        var isHolding: Bool
        var sent: [SocketMessage] = []
        var held: [(bytes: Int, taken: @Sendable (Bool) -> Void)] = []
        /// The most messages and bytes that it had to hold at a time.
        var mostHeld = 0
        var mostHeldBytes = 0
        var close: Close?
        var sentAfterClose = 0
        var waiting:
            [(condition: @Sendable (FakeOutlet.State) -> Bool, continuation: CheckedContinuation<Void, Never>)] =
                []

        var bytes: [UInt8] {
            sent.flatMap { message -> [UInt8] in if case .binary(let bytes) = message { bytes } else { [] } }
        }
        var texts: [String] { sent.compactMap { message in if case .text(let text) = message { text } else { nil } } }
        /// What was sent to an agent; a message that is no frame is missing.
        var frames: [RelayFrame] {
            sent.compactMap { message in if case .binary(let bytes) = message { RelayFrame(bytes) } else { nil } }
        }
    }
    private let state: Mutex<State>

    init(holding: Bool = false) { state = Mutex(State(isHolding: holding)) }

    var now: State { state.withLock { $0 } }

    func send(_ message: SocketMessage, taken: (@Sendable (Bool) -> Void)?) {
        let told: Bool? = state.withLock { state in
            guard state.close == nil else {
                state.sentAfterClose += 1
                return false
            }
            state.sent.append(message)
            guard let taken, state.isHolding else { return true }
            state.held.append((message.count, taken))
            state.mostHeld = max(state.mostHeld, state.held.count)
            state.mostHeldBytes = max(state.mostHeldBytes, state.held.reduce(0) { $0 + $1.bytes })
            return nil
        }
        if let told { taken?(told) }
        tell()
    }

    func close(code: Int, reason: String, last: SocketMessage?) {
        state.withLock { state in
            if state.close == nil { state.close = Close(code: code, reason: reason, last: last) }
        }
        tell()
    }

    /// Takes, or gives up, the first so many of the messages it holds. How many it had.
    @discardableResult
    func take(_ count: Int = .max, leaves: Bool = true) -> Int {
        let taken = state.withLock { state in
            let taken = state.held.prefix(count)
            state.held.removeFirst(taken.count)
            return taken
        }
        for each in taken { each.taken(leaves) }
        return taken.count
    }

    /// From now on it takes what it is told to.
    func startHolding() { state.withLock { $0.isHolding = true } }

    /// From now on it takes at once.
    func stopHolding() {
        state.withLock { $0.isHolding = false }
        while take() > 0 {}
    }

    func until(_ condition: @escaping @Sendable (State) -> Bool) async {
        await withCheckedContinuation { continuation in
            let met = state.withLock { state in
                if condition(state) { return true }
                state.waiting.append((condition, continuation))
                return false
            }
            if met { continuation.resume() }
        }
    }

    private func tell() {
        let met = state.withLock { state in
            let waiting = state.waiting
            let met = waiting.filter { $0.condition(state) }
            if !met.isEmpty { state.waiting = waiting.filter { !$0.condition(state) } }
            return met
        }
        for each in met { each.continuation.resume() }
    }
}

extension SocketMessage {
    var count: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .binary(let bytes): bytes.count
        }
    }
}
