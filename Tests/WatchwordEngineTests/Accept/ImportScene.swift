import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

/// A realm into which records are imported.
struct ImportScene {
    let scene: Scene
    var engine: Engine { scene.engine }
    var administration: Administration { Administration(engine) }
    static let sunset = AcceptScene.sunset
    static let ann = AcceptScene.ann

    init(_ terms: Terms = Contract.plain, _ change: (inout Terms) -> Void = { _ in }) throws {
        var terms = terms
        terms.accepted.opaqueUntil = Self.sunset
        change(&terms)
        scene = try Scene(terms)
    }

    /// A record, from JSON.
    static func record(_ text: String) throws -> Value {
        try #require(try? JSON.parse(Array(text.utf8)).get(), "\(text)")
    }

    /// The usual record with other parts; a part given as null is left out.
    static func ann(_ changes: [String: Value] = [:]) -> Value {
        var parts: [String: Value] = ["id": .string(ann), "email": .string("ann@example.org")]
        parts.merge(changes) { _, new in new }
        return .object(
            parts.filter { $0.value != .null }.sorted { $0.key < $1.key }.map { Value.Member($0.key, $0.value) })
    }

    static func person(_ number: Int, _ changes: [String: Value] = [:]) -> Value {
        let digits = String(number, radix: 16)
        let id = "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
        return ann(["id": .string(id), "email": .string("p\(number)@example.org")].merging(changes) { _, new in new })
    }

    @discardableResult
    func take(
        _ records: [Value], _ options: ImportOptions = ImportOptions(), by accounts: AccountImport? = nil,
        place: Int64 = 1
    ) async throws -> (verdicts: [ImportVerdict], counts: ImportCounts) {
        let accounts = if let accounts { accounts } else { try await AccountImport(administration, options) }
        let log = ResultLog()
        try await accounts.take(
            records.enumerated().map { ImportItem(line: Int64($0.offset) + place, .record($0.element)) },
            upTo: Self.place(place)
        ) { log.add($0) }
        return (log.results.map(\.verdict), accounts.counts)
    }

    static func place(_ number: Int64) -> AccountImport.Place {
        AccountImport.Place(opening: digest(1), offset: number, prefix: digest(2), line: number)
    }

    static func digest(_ byte: UInt8) -> TokenDigest { TokenDigest([UInt8](repeating: byte, count: 32)) }

    /// The reasons for which one record is refused.
    func reasons(_ record: Value, _ options: ImportOptions = ImportOptions()) async throws -> [ImportReason] {
        let before = try await scene.snapshot()
        guard case .refused(let reasons)? = try await take([record], options).verdicts.first else { return [] }
        #expect(try await scene.snapshot() == before)
        return reasons
    }

    func account(_ id: String = ann) async throws -> Account? {
        try await scene.realm.store.read { try $0.account(ID(id)) }
    }
}

/// What an import reported.
final class ResultLog: Sendable {
    private let state = Locked([ImportResult]())
    var results: [ImportResult] { state.with { $0 } }

    func add(_ results: [ImportResult]) -> Int64 {
        state.with { state in
            state += results
            return Int64(state.count)
        }
    }
}
