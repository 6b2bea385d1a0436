import Logging
import Synchronization
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordHTTP

/// Reads the dialects again while the server serves, and puts what changed in the place of the old.
///
/// A realm is changed as a whole or not at all: a mistake in one of its files, or a change that a running realm cannot
/// take, leaves all of them as they were. One reload at a time.
actor DialectReloader {
    private struct Running {
        var reading: RealmReading
        let base: Engine
        let listeners: RealmListeners
    }

    private var realms: [Running] = []
    private let environment: [String: String]
    private let tally = ReloadTally()
    private let logger: Logger

    init(_ realms: [(realm: OpenRealm, listeners: RealmListeners)], environment: [String: String], logger: Logger) {
        self.realms = realms.map { Running(reading: $0.realm.reading, base: $0.realm.engine, listeners: $0.listeners) }
        self.environment = environment
        self.logger = logger
    }

    nonisolated func show(in metrics: Metrics) { tally.show(in: metrics) }

    /// What the dialects that are served were read from.
    var files: [String] { realms.flatMap(\.reading.files) }

    func reload() -> ReloadReport {
        var report = ReloadReport(isComplete: true, lines: [])
        for place in realms.indices {
            let name = realms[place].reading.configuration.name
            do {
                let isChanged = try reload(place)
                tally.count(isChanged ? .reloaded : .unchanged, realm: name)
                report.lines.append("\(name): \(isChanged ? "reloaded" : "unchanged")")
                if isChanged { logger.notice("dialect reloaded", metadata: ["realm": "\(name)"]) }
            } catch {
                tally.count(.refused, realm: name)
                report.isComplete = false
                let failure = error as? StartFailure
                report.lines.append(
                    "\(name): refused, the old dialect stays: \(failure?.headline ?? "\(type(of: error))")")
                logger.error(
                    "dialect not reloaded, the old one stays",
                    metadata: ["realm": "\(name)", "reason": "\(failure?.headline ?? "\(type(of: error))")"])
                for detail in failure?.details ?? [] {
                    report.lines.append("  \(detail)")
                    logger.error("dialect mistake", metadata: ["realm": "\(name)", "mistake": "\(detail)"])
                }
            }
        }
        return report
    }

    /// Whether anything changed. Throws `StartFailure` if the new files cannot be taken.
    private func reload(_ place: Int) throws -> Bool {
        let running = realms[place]
        let reading = try RealmReading(running.reading.configuration, environment: environment)
        guard
            reading.dialects.map(\.dialect) != running.reading.dialects.map(\.dialect)
                || reading.words != running.reading.words
        else { return false }
        let lasting = LastingTerms.changes(from: running.reading, to: reading)
        guard lasting.isEmpty else {
            throw StartFailure(
                .data, "a running realm cannot change this; restart the server for it", details: lasting)
        }
        running.listeners.replace(
            with: OpenDialect.open(reading, over: running.base), forwardAuth: reading.forwardAuth,
            site: try reading.site(over: running.base, logger: logger))
        realms[place].reading = reading
        return true
    }
}

/// What stays as it is while a realm is served: what its accounts, keys and other processes rest on.
enum LastingTerms {
    /// Every change of such a thing, one line each.
    static func changes(from old: RealmReading, to new: RealmReading) -> [String] {
        zip(old.dialects, new.dialects).flatMap { old, new in
            changes(from: old.dialect, to: new.dialect).map { "\(new.spoken.name): \($0)" }
        }
    }

    private static func changes(from old: Dialect, to new: Dialect) -> [String] {
        var found: [String] = []
        let (was, becomes) = (old.terms.accounts, new.terms.accounts)
        if was.idFormat != becomes.idFormat { found.append("the form of ids changed (`users.id`)") }
        if Set(was.login) != Set(becomes.login) { found.append("what people sign in with changed (`users.login`)") }
        for field in was.fields {
            guard let same = becomes.fields.first(where: { $0.name == field.name }), same.type != field.type else {
                continue
            }
            found.append("the type of the field `\(field.name)` changed")
        }
        if old.keys.sorted(by: { $0.name < $1.name }) != new.keys.sorted(by: { $0.name < $1.name }) {
            found.append("the signing keys changed (`keys`)")
        }
        // Key pairs are kept as long as the tokens they signed, as it was when the server started.
        if old.keys.contains(where: { !$0.algorithm.isSymmetric }), longest(new) > longest(old) {
            found.append("tokens last longer than the keys that sign them are kept (`ttl`)")
        }
        return found
    }

    private static func longest(_ dialect: Dialect) -> Lifetime {
        max(dialect.terms.access.lifetime, dialect.terms.refresh?.lifetime ?? .seconds(0))
    }
}
