import Crypto
import Synchronization
import WatchwordCore

/// Asks the server whether a token is still good, by its introspection route (RFC 7662), and remembers the answer for
/// a while: how long a revoked token can still be believed.
public final class OnlineCheck: Sendable {
    /// What is done while the server does not answer.
    public enum Fallback: Sendable { case refuse, believe }

    private struct Answer: Sendable {
        var isActive: Bool
        /// In microseconds since 1970.
        var until: Int64
    }

    private struct Memory: Sendable {
        var young: [[UInt8]: Answer] = [:]
        var old: [[UInt8]: Answer] = [:]
    }

    private let remembered: Int64
    private let capacity: Int
    private let fallback: Fallback
    private let clock: any WallClock
    private let ask: @Sendable (String) async throws -> [UInt8]
    private let memory = Mutex(Memory())

    /// - Parameters:
    ///   - remembered: how long an answer is believed.
    ///   - capacity: answers kept at most.
    ///   - ask: posts the token to the introspection route and gives the body of the answer, JSON with a member
    ///     `active`; it should have a time limit.
    public init(
        remembered: Duration = .seconds(10), capacity: Int = 10_000, fallback: Fallback = .refuse,
        clock: any WallClock = SystemTime(), ask: @escaping @Sendable (_ token: String) async throws -> [UInt8]
    ) {
        self.remembered = remembered.microseconds
        self.capacity = max(2, capacity)
        self.fallback = fallback
        self.clock = clock
        self.ask = ask
    }

    /// Throws `inactive`, or `unavailable` if nobody answers.
    func confirm(_ token: String) async throws(TokenRefusal) {
        let digest = Array(SHA256.hash(data: Array(token.utf8)))
        let now = clock.now().microseconds
        if let known = memory.withLock({ $0.young[digest] ?? $0.old[digest] }), now < known.until {
            guard known.isActive else { throw .inactive }
            return
        }
        guard let body = try? await ask(token), case .success(let answer) = JSON.parse(body),
            let isActive = answer["active"]?.bool
        else {
            guard fallback == .believe else { throw .unavailable }
            return
        }
        remember(Answer(isActive: isActive, until: now + remembered), digest)
        guard isActive else { throw .inactive }
    }

    /// When the young half is full the old one is dropped whole.
    private func remember(_ answer: Answer, _ digest: [UInt8]) {
        memory.withLock { memory in
            if memory.young.count >= capacity / 2 {
                memory.old = memory.young
                memory.young = [:]
            }
            memory.young[digest] = answer
        }
    }
}
