import Glibc
import WatchwordCore

/// A thread that computes one hash after another and nothing else.
final class HashLane {
    /// How long a lane keeps its memory without work, in seconds.
    private static let keep = 1

    private let queue: HashQueue
    private let pace: HashPace
    private let memory = HashMemory()

    private init(queue: HashQueue, pace: HashPace) {
        self.queue = queue
        self.pace = pace
    }

    /// Starts the thread; it ends when the queue is closed and empty.
    static func start(on queue: HashQueue, pace: HashPace) throws {
        let lane = Unmanaged.passRetained(HashLane(queue: queue, pace: pace))
        var thread = pthread_t()
        let failure = pthread_create(
            &thread, nil,
            { pointer in
                if let pointer { Unmanaged<HashLane>.fromOpaque(pointer).takeRetainedValue().run() }
                return nil
            }, lane.toOpaque())
        guard failure == 0 else {
            lane.release()
            throw Fault(
                .invariant, "no thread can be started for password hashing: \(String(cString: strerror(failure)))")
        }
        pthread_detach(thread)
    }

    private func run() {
        memory.serveThread()
        var keepsMemory = false
        while true {
            switch queue.next(within: keepsMemory ? Self.keep : nil) {
            case .job(let job):
                keepsMemory = true
                serve(job)
            case .idle:
                keepsMemory = false
                memory.release()
            case .closed:
                return
            }
        }
    }

    private func serve(_ job: HashJob) {
        guard !job.isAbandoned else { return job.drop() }
        let start = ContinuousClock.now
        job.run()
        pace.note(ContinuousClock.now - start)
    }
}
