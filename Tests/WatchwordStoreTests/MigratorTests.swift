import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordStore

@Suite("The schema's steps")
struct MigratorTests {
    private let directory: TemporaryDirectory
    private let driver: SQLiteDriver

    init() throws {
        directory = try TemporaryDirectory()
        driver = try SQLiteDriver(path: directory.file("watchword.db"), readers: 1, patience: 1)
    }

    private func migrate(_ steps: [Migration]) async throws {
        try await driver.write { try Migrator(steps: steps, holes: [(hole: "{bytes}", text: "BLOB")]).run(on: $0) }
    }

    private func version() async throws -> Int64? {
        try await driver.read { try $0.rows("SELECT version FROM schema_version", []).first?.int(0) }
    }

    private static let second = Migration(
        number: Migration.newest + 1,
        common: ["CREATE TABLE extra (content {bytes} NOT NULL, other TEXT CHECK (other <> '{none}'))"],
        sqlite: [])

    @Test("are numbered from one without a gap, so that none is forgotten")
    func numbers() {
        #expect(Migration.all.map(\.number) == Array(1...Int64(Migration.all.count)))
        #expect(Migration.newest == Int64(Migration.all.count))
    }

    @Test("run once each, in order, with their holes filled and other braces left")
    func once() async throws {
        #expect(try await version() == Migration.newest)
        for _ in 1...3 { try await migrate(Migration.all + [Self.second]) }
        #expect(try await version() == Migration.newest + 1)
        let sql = try await driver.read { try $0.rows("SELECT sql FROM sqlite_master WHERE name = 'extra'", []) }
        #expect(try sql.first?.text(0).contains("content BLOB NOT NULL") == true)
        #expect(try sql.first?.text(0).contains("{none}") == true)
    }

    @Test("leave nothing behind if one of them fails")
    func failing() async throws {
        let broken = Migration(
            number: Migration.newest + 2, common: ["CREATE TABLE never (x BIGINT)", "NOT SQL AT ALL"], sqlite: [])
        await #expect(throws: Fault.self) { try await migrate(Migration.all + [Self.second, broken]) }
        #expect(try await version() == Migration.newest)
        let tables = try await driver.read {
            try $0.rows("SELECT name FROM sqlite_master WHERE name IN ('extra', 'never')", [])
        }
        #expect(tables.isEmpty)
    }

    @Test("of a newer program are refused")
    func newer() async throws {
        try await migrate(Migration.all + [Self.second])
        let fault = await #expect(throws: Fault.self) { try await migrate(Migration.all) }
        #expect(fault?.code == .storeTooNew)
    }

    @Test("a column that holds another type than it should is damage, and its content is not repeated")
    func mistyped() throws {
        let row = SQLRow(values: [.text("ada@example.com"), .null, .int(1), .bytes([1])])
        for read in [{ _ = try row.int(0) }, { _ = try row.text(1) }, { _ = try row.text(2) }, { _ = try row.int(3) }] {
            let fault = try #require(throws: Fault.self) { try read() }
            #expect(fault.code == .storeCorrupt)
            #expect(!fault.message.contains("ada@"))
        }
        #expect(throws: Fault.self) { let _: AuditEvent.Kind = try row.word(0) }
        #expect(try row.optionalText(1) == nil)
    }
}
