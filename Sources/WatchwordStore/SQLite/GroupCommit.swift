import GRDB
import Synchronization
import WatchwordCore

/// Gathers the writes that arrive while a commit is under way and commits them together, so that
/// one flush to the disk acknowledges them all. Each runs in a savepoint of its own, in order of arrival.
final class GroupCommit: Sendable {
    /// One caller's write.
    private struct Job: Sendable {
        /// Runs it in the open transaction, and gives what tells the caller how the commit ended: with nothing
        /// if it succeeded. A body that threw tells its own error either way.
        var run: @Sendable (SQLiteConnection) -> (Fault?) -> Void
        /// Tells the caller that it never ran.
        var fail: @Sendable (Fault) -> Void
    }

    private struct Queue {
        var waiting: [Job] = []
        var draining = false
    }

    /// More than this in one commit would make the first of them wait too long.
    private static let most = 256

    private let pool: DatabasePool
    private let texts: SQLiteTexts
    private let faults: SQLiteFault
    private let queue = Mutex(Queue())

    init(pool: DatabasePool, texts: SQLiteTexts, faults: SQLiteFault) {
        self.pool = pool
        self.texts = texts
        self.faults = faults
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let run: @Sendable (SQLiteConnection) -> (Fault?) -> Void = { connection in
                do {
                    let result = try connection.inSavepoint { try body(connection) }
                    return { fault in
                        if let fault {
                            continuation.resume(throwing: fault)
                        } else {
                            continuation.resume(returning: result)
                        }
                    }
                } catch {
                    return { _ in continuation.resume(throwing: error) }
                }
            }
            add(Job(run: run, fail: { continuation.resume(throwing: $0) }))
        }
    }

    private func add(_ job: Job) {
        let starts = queue.withLock { queue in
            queue.waiting.append(job)
            defer { queue.draining = true }
            return !queue.draining
        }
        guard starts else { return }
        pool.asyncWriteWithoutTransaction { database in
            let connection = SQLiteConnection(database: database, texts: self.texts, faults: self.faults)
            while let jobs = self.next() { Self.commit(jobs, on: connection) }
        }
    }

    private func next() -> [Job]? {
        queue.withLock { queue in
            guard !queue.waiting.isEmpty else {
                queue.draining = false
                return nil
            }
            let jobs = Array(queue.waiting.prefix(Self.most))
            queue.waiting.removeFirst(jobs.count)
            return jobs
        }
    }

    private static func commit(_ jobs: [Job], on connection: SQLiteConnection) {
        var rest = jobs[...]
        while !rest.isEmpty {
            do { try connection.begin() } catch {
                for job in rest { job.fail(fault(error)) }
                return
            }
            var settlements: [(Fault?) -> Void] = []
            // A full disk or a damaged page ends the whole transaction under the jobs: those that ran
            // are lost with it and told so, the rest start again in a new one.
            while connection.isInTransaction, let job = rest.popFirst() { settlements.append(job.run(connection)) }
            var failure: Fault?
            do { try connection.commit() } catch {
                failure = fault(error)
                connection.rollback()
            }
            for settle in settlements { settle(failure) }
        }
    }

    private static func fault(_ error: any Error) -> Fault {
        error as? Fault ?? Fault(.invariant, "a transaction could not be begun or committed", cause: error)
    }
}
