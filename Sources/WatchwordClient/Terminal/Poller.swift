import CPTY
import Glibc
import Synchronization

/// The thread of `Readiness`, and who waits for it.
final class Poller: Sendable {
    private struct Waiter {
        var number: Int
        var interests: [Readiness.Interest]
        var deadline: ContinuousClock.Instant?
        var continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var waiters: [Waiter] = []
        var count = 0
        /// Of those that may still begin to wait.
        var cancelled: Set<Int> = []
        var isStopped = false

        mutating func take(_ isMeant: (Waiter) -> Bool) -> [Waiter] {
            let taken = waiters.filter(isMeant)
            waiters.removeAll(where: isMeant)
            return taken
        }
    }

    private let state = Mutex(State())
    /// Ends the poll under way, so that the next one sees what has changed.
    private let bell: Int32

    private init(bell: Int32) { self.bell = bell }

    deinit { close(bell) }

    static func started() throws(TerminalRefused) -> Poller {
        let bell = cpty_bell()
        guard bell >= 0 else { throw TerminalRefused(errno, "no descriptor is to be had") }
        let poller = Poller(bell: bell)
        let retained = Unmanaged.passRetained(poller)
        var thread = pthread_t()
        let failure = pthread_create(
            &thread, nil,
            { pointer in
                if let pointer { Unmanaged<Poller>.fromOpaque(pointer).takeRetainedValue().run() }
                return nil
            }, retained.toOpaque())
        guard failure == 0 else {
            retained.release()
            throw TerminalRefused(failure, "no thread is to be had")
        }
        pthread_detach(thread)
        return poller
    }

    /// Ends the thread. Nobody waits any more.
    func stop() {
        state.withLock { $0.isStopped = true }
        ring()
    }

    /// A name for a wait that has yet to begin.
    func number() -> Int {
        state.withLock { state in
            state.count += 1
            return state.count
        }
    }

    func wait(
        _ number: Int, _ interests: [Readiness.Interest], _ deadline: ContinuousClock.Instant?,
        while isStillSo: () -> Bool
    ) async {
        await withCheckedContinuation { continuation in
            let isCancelled = state.withLock { state in
                guard state.cancelled.remove(number) == nil else { return true }
                state.waiters.append(
                    Waiter(number: number, interests: interests, deadline: deadline, continuation: continuation))
                return false
            }
            if isCancelled { return continuation.resume() }
            if isStillSo() { ring() } else { cancel(number) }
        }
    }

    /// The wait is over, and cancelling it means nothing any more.
    func forget(_ number: Int) { _ = state.withLock { $0.cancelled.remove(number) } }

    func cancel(_ number: Int) {
        resume { state in
            let waiting = state.take { $0.number == number }
            if waiting.isEmpty { state.cancelled.insert(number) }
            return waiting
        }
    }

    func wake(_ descriptor: Int32) {
        resume { state in
            state.take { $0.interests.contains { $0.descriptor == descriptor } }
        }
        ring()
    }

    private func resume(_ taken: (inout State) -> [Waiter]) {
        for waiter in state.withLock({ taken(&$0) }) { waiter.continuation.resume() }
    }

    private func ring() {
        var one: UInt64 = 1
        _ = write(bell, &one, MemoryLayout.size(ofValue: one))
    }

    private func run() {
        while let (waiters, isStopped) = Optional(state.withLock { ($0.waiters, $0.isStopped) }), !isStopped {
            var asked = [pollfd(fd: bell, events: Int16(POLLIN), revents: 0)]
            for interest in waiters.flatMap(\.interests) {
                asked.append(pollfd(fd: interest.descriptor, events: Int16(interest.events), revents: 0))
            }
            guard poll(&asked, nfds_t(asked.count), Self.milliseconds(waiters.compactMap(\.deadline).min())) >= 0 else {
                continue
            }
            if asked[0].revents != 0 {
                var rung: UInt64 = 0
                _ = read(bell, &rung, MemoryLayout.size(ofValue: rung))
            }
            let now = ContinuousClock.now
            var answers = asked.dropFirst()
            var due: Set<Int> = []
            for waiter in waiters {
                let own = answers.prefix(waiter.interests.count)
                answers = answers.dropFirst(waiter.interests.count)
                if own.contains(where: { $0.revents != 0 }) || waiter.deadline.map({ $0 <= now }) == true {
                    due.insert(waiter.number)
                }
            }
            if !due.isEmpty { resume { state in state.take { due.contains($0.number) } } }
        }
    }

    /// For poll: rounded up, since it would turn round and round in the last millisecond; -1 for no end.
    private static func milliseconds(_ deadline: ContinuousClock.Instant?) -> Int32 {
        guard let deadline else { return -1 }
        let span = ContinuousClock.now.duration(to: deadline)
        return Int32(clamping: max(0, Int64(span / .milliseconds(1)) + 1))
    }
}
