import ArgumentParser
import WatchwordCore
import WatchwordEngine
import WatchwordServer

extension AuditEvent: Displayable {
    static var columns: [String] { ["at", "kind", "outcome", "account", "address", "detail"] }

    var row: [String] {
        [
            CivilTime(at).text(), kind.rawValue, outcome, Text.of(accountID?.text), Text.of(address), Text.of(detail),
        ]
    }

    var facts: [(name: String, value: Value)] {
        [
            ("sequence", .int(sequence)), ("at", Value(at)), ("kind", .string(kind.rawValue)),
            ("outcome", .string(outcome)), ("account_id", Value(accountID?.text)),
            ("session_id", Value(sessionID?.text)),
            ("address", .string(address)), ("detail", .string(detail)),
        ]
    }
}

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Show security events, newest first.")

    @Option(help: "Only this account's.") var account: String?
    @Option(help: "How many at most.") var limit: Int64 = 50
    @OptionGroup var options: RealmOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit is at least 1") }
    }

    func run() async throws {
        try await options.withRealm { realm in
            let id = try await account.asyncMap { written -> Account.ID in
                let found = try await realm.administration.find(AccountReference(written))
                // The record outlives its account, which is then known by its id only.
                return found.output?.id ?? Account.ID(written)
            }
            let limit = limit
            output.list(try await realm.engine.store.read { try $0.auditEvents(of: id, limit: limit) })
        }
    }
}

extension Optional where Wrapped: Sendable {
    fileprivate func asyncMap<Result>(_ change: (Wrapped) async throws -> Result) async rethrows -> Result? {
        guard let self else { return nil }
        return try await change(self)
    }
}
