import Glibc

/// The bounded line of jobs before the lanes. Lanes wait for it on their own threads, so it has
/// a condition variable, which Swift's `Mutex` lacks.
///
/// `@unchecked Sendable`: every stored variable is read and written under `mutex` only.
final class HashQueue: @unchecked Sendable {
    enum Admission: Equatable {
        case queued
        /// With so many waiting.
        case full(Int)
        case closed
    }

    enum Next {
        case job(HashJob)
        /// Nothing came within the time.
        case idle
        case closed
    }

    private let bound: Int
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let arrival = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var waiting: [HashJob] = []
    private var isClosed = false

    init(bound: Int) {
        self.bound = bound
        pthread_mutex_init(mutex, nil)
        // Waits are spans, so they must not follow an operator who sets the wall clock.
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(arrival, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(arrival)
        pthread_mutex_destroy(mutex)
        arrival.deallocate()
        mutex.deallocate()
    }

    func add(_ job: HashJob) -> Admission {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        guard !isClosed else { return .closed }
        guard waiting.count < bound else { return .full(waiting.count) }
        waiting.append(job)
        pthread_cond_signal(arrival)
        return .queued
    }

    /// How many jobs wait.
    var count: Int {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return waiting.count
    }

    /// The job longest in line, waiting for one at most `seconds`, or for ever if nothing is given.
    /// After `close` the jobs in line are still handed out.
    func next(within seconds: Int?) -> Next {
        var deadline = timespec()
        clock_gettime(CLOCK_MONOTONIC, &deadline)
        deadline.tv_sec += seconds ?? 0
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while waiting.isEmpty {
            if isClosed { return .closed }
            if seconds == nil {
                pthread_cond_wait(arrival, mutex)
            } else if pthread_cond_timedwait(arrival, mutex, &deadline) == ETIMEDOUT, waiting.isEmpty {
                return isClosed ? .closed : .idle
            }
        }
        return .job(waiting.removeFirst())
    }

    func close() {
        pthread_mutex_lock(mutex)
        isClosed = true
        pthread_cond_broadcast(arrival)
        pthread_mutex_unlock(mutex)
    }
}
