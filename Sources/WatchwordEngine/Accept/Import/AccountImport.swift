import Synchronization
import WatchwordCore

/// The import of one file of another system's accounts, batch by batch.
///
/// A batch is one transaction, with how far the import has come by it: whatever ends the process, the next run finds
/// every batch in or out as a whole. What is in already is told by its record's digest, so that running the same file
/// again does nothing.
public final class AccountImport: Sendable {
    /// Where a batch ends in the file.
    public struct Place: Sendable {
        public var opening: TokenDigest
        public var offset: Int64
        public var prefix: TokenDigest
        public var line: Int64

        public init(opening: TokenDigest, offset: Int64, prefix: TokenDigest, line: Int64) {
            self.opening = opening
            self.offset = offset
            self.prefix = prefix
            self.line = line
        }
    }

    private struct State {
        var counts: ImportCounts
        /// What a dry run has met: hashes only, so that millions fit in memory.
        var met: Set<Int> = []
    }

    private let engine: Engine
    private let options: ImportOptions
    /// What hashes begin like that this server makes today: those need no word in the dialect.
    private let ours: String?
    private let state: Mutex<State>

    /// `counts`: of the run that is resumed.
    public init(
        _ administration: Administration, _ options: ImportOptions, counts: ImportCounts = ImportCounts()
    ) async throws {
        engine = administration.engine
        self.options = options
        ours = try await engine.hashOpening()
        state = Mutex(State(counts: counts))
    }

    public var counts: ImportCounts { state.withLock(\.counts) }

    /// Takes the records in, up to `place`. `report` is given the results before they are committed and says how long
    /// the report is then; what it throws takes the batch back.
    public func take(
        _ items: [ImportItem], upTo place: Place,
        report: @escaping @Sendable ([ImportResult]) throws -> Int64
    ) async throws {
        let now = engine.clock.now()
        let readings = items.map { item in
            switch item.content {
            case .unreadable(let words): ImportReading.refused([.unreadable(words)], source: nil)
            case .record(let record): engine.readImport(record, options, ours: ours, at: now)
            }
        }
        let before = counts
        let batch: Batch
        do {
            batch = try await engine.store.write { [self] transaction in
                var batch = Batch(counts: before)
                for (item, reading) in zip(items, readings) {
                    batch.add(item, reading, try verdict(on: reading, at: now, in: transaction))
                }
                guard !options.isDry else { throw DryRun(batch: batch) }
                if case .integer = engine.terms.accounts.idFormat, let highest = batch.highest {
                    try transaction.advanceNumber(IDNoun.account.rawValue, past: highest)
                }
                try transaction.save(
                    ImportRun(
                        opening: place.opening, offset: place.offset, prefix: place.prefix, line: place.line,
                        reported: try report(batch.results), counts: batch.counts))
                return batch
            }
        } catch let dry as DryRun {
            batch = repeated(dry.batch, readings)
            _ = try report(batch.results)
        }
        state.withLock { $0.counts = batch.counts }
    }

    private struct Batch: Sendable {
        var counts: ImportCounts
        var results: [ImportResult] = []
        var highest: Int64?

        mutating func add(_ item: ImportItem, _ reading: ImportReading, _ verdict: ImportVerdict) {
            var source: String?
            switch reading {
            case .refused(_, let found): source = found
            case .account(let imported):
                source = imported.source
                if verdict == .imported {
                    counts.tokens += Int64(imported.tokens.count)
                    counts.endedTokens += imported.endedTokens
                    highest = max(highest ?? 0, Int64(imported.account.id.text) ?? 0)
                }
            }
            switch verdict {
            case .imported: counts.imported += 1
            case .present: counts.present += 1
            case .refused: counts.refused += 1
            }
            results.append(ImportResult(line: item.line, source: source, verdict: verdict))
        }
    }

    /// Thrown out of a transaction, so that nothing of it stays.
    private struct DryRun: Error {
        var batch: Batch
    }

    private func verdict(
        on reading: ImportReading, at now: Timestamp, in transaction: any StoreTransaction
    ) throws -> ImportVerdict {
        switch reading {
        case .refused(let reasons, _): .refused(reasons)
        case .account(let imported): try engine.write(imported, options, at: now, in: transaction)
        }
    }

    /// The verdicts of a dry run, with what an earlier batch would have taken.
    private func repeated(_ batch: Batch, _ readings: [ImportReading]) -> Batch {
        var batch = batch
        state.withLock { state in
            for (index, reading) in readings.enumerated() {
                guard case .account(let imported) = reading, batch.results[index].verdict == .imported else { continue }
                let names = [
                    ("id", imported.source), ("email", imported.account.email.map(Identifier.key)),
                    ("username", imported.account.username.map(Identifier.key)),
                ]
                let keys = names.compactMap { name, text in text.map { (name, [name, $0].hashValue) } }
                let taken = keys.filter { state.met.contains($0.1) }.map { ImportReason.repeated($0.0) }
                if taken.isEmpty {
                    state.met.formUnion(keys.map(\.1))
                } else {
                    batch.results[index].verdict = .refused(taken)
                    batch.counts.imported -= 1
                    batch.counts.refused += 1
                    batch.counts.tokens -= Int64(imported.tokens.count)
                    batch.counts.endedTokens -= imported.endedTokens
                }
            }
        }
        return batch
    }
}
