import Synchronization

/// Waits for a number of listeners, and tells their ports when the last has one.
final class Arrivals: Sendable {
    private let ports = Mutex<[String: Int]>([:])
    private let expected: Int
    private let onAll: @Sendable ([String: Int]) async -> Void

    init(expected: Int, onAll: @escaping @Sendable ([String: Int]) async -> Void) {
        self.expected = expected
        self.onAll = onAll
    }

    func arrive(_ name: String, _ port: Int) async {
        let all = ports.withLock { ports in
            ports[name] = port
            return ports.count == expected ? ports : nil
        }
        if let all { await onAll(all) }
    }
}
