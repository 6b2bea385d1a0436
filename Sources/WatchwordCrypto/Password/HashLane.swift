import CArgon2
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
        guard !job.isAbandoned else { return job.finish(.failure(CancellationError())) }
        let start = ContinuousClock.now
        let result = Result { try Self.compute(job) }
        pace.note(ContinuousClock.now - start)
        job.finish(result)
    }

    private static func compute(_ job: HashJob) throws -> [UInt8] {
        var output = [UInt8](repeating: 0, count: job.count)
        // libargon2 takes its inputs as mutable, though it changes none without the flags that clear them.
        var password = job.password.bytes
        var salt = job.salt
        let code = output.withUnsafeMutableBufferPointer { output in
            password.withUnsafeMutableBufferPointer { password in
                salt.withUnsafeMutableBufferPointer { salt in
                    var context = argon2_context()
                    context.out = output.baseAddress
                    context.outlen = UInt32(output.count)
                    context.pwd = password.baseAddress
                    context.pwdlen = UInt32(password.count)
                    context.salt = salt.baseAddress
                    context.saltlen = UInt32(salt.count)
                    context.t_cost = UInt32(job.parameters.passes)
                    context.m_cost = UInt32(job.parameters.memory)
                    context.lanes = UInt32(job.parameters.parallelism)
                    context.threads = 1
                    context.version = ARGON2_VERSION_13.rawValue
                    context.allocate_cbk = { HashMemory.allocate($0, $1) }
                    // The lane keeps its block.
                    context.free_cbk = { _, _ in }
                    return argon2_ctx(&context, Argon2_id)
                }
            }
        }
        guard code == ARGON2_OK.rawValue else {
            throw Fault(.invariant, "hashing a password failed: \(String(cString: argon2_error_message(code)))")
        }
        return output
    }
}
