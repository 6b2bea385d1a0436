import Foundation
import Testing
import WatchwordCore
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordStore

@Suite("The database file")
struct DatabaseTests {
    private let directory: TemporaryDirectory
    private let path: String
    private static let realm = Realm.ID("one")

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.file("watchword.db")
    }

    private static func account(_ id: String) -> Account {
        let now = Timestamp(seconds: 1_767_225_600)
        return Account(id: ID(id), email: "\(id)@example.com", createdAt: now, updatedAt: now)
    }

    private func add(_ id: String, to database: Database) async throws {
        let taken = try await database.store(for: Self.realm).write { try $0.insert(Self.account(id)) }
        #expect(taken == nil)
    }

    private func count(in database: Database) async throws -> Int64 {
        try await database.store(for: Self.realm).read { try $0.accountCount() }
    }

    private func mode(_ path: String) throws -> Int? {
        (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
    }

    @Test("is for its owner only, its log as well")
    func modes() async throws {
        let database = try Database(path: path)
        try await add("a1", to: database)
        #expect(try mode(path) == 0o600)
        #expect(try mode(path + "-wal") == 0o600)
        #expect(try mode(path + "-shm") == 0o600)
    }

    @Test("flushes every commit, enforces references and keeps a log")
    func settings() async throws {
        let driver = try SQLiteDriver(path: path, readers: 1, patience: 1)
        for (setting, value) in [
            ("synchronous", SQLValue.int(2)), ("foreign_keys", .int(1)), ("journal_mode", .text("wal")),
        ] {
            let rows = try await driver.write { try $0.rows("PRAGMA \(setting)", []) }
            #expect(rows.first?.values.first == value, "\(setting)")
        }
        try await driver.close()
    }

    @Test("has every acknowledged write for whoever opens it next, without a farewell from the first")
    func durable() async throws {
        let first = try Database(path: path)
        for number in 1...20 {
            try await add("a\(number)", to: first)
            // What a process killed here leaves are these two files, as they are.
            let copy = directory.file("after-\(number).db")
            try FileManager.default.copyItem(atPath: path, toPath: copy)
            try FileManager.default.copyItem(atPath: path + "-wal", toPath: copy + "-wal")
            #expect(try await count(in: Database(path: copy)) == Int64(number))
        }
        #expect(try await count(in: Database(path: path)) == 20)
    }

    @Test("takes a thousand writes of fifty tasks")
    func groupCommit() async throws {
        let database = try Database(path: path)
        let store = database.store(for: Self.realm)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<50 {
                group.addTask {
                    for number in 0..<20 {
                        _ = try await store.write { store in
                            _ = try store.insert(Self.account("t\(task)n\(number)"))
                            return try store.nextNumber("account")
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await count(in: database) == 1_000)
        #expect(try await store.write { try $0.nextNumber("account") } == 1_001)
    }

    @Test("is shared by two processes that write at once")
    func shared() async throws {
        let (one, two) = (try Database(path: path), try Database(path: path))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (name, database) in [("x", one), ("y", two)] {
                for number in 0..<40 { group.addTask { try await add("\(name)\(number)", to: database) } }
            }
            try await group.waitForAll()
        }
        #expect(try await count(in: one) == 80)
        let before = try await one.lastChange()
        try await two.store(for: ID("another")).write { try $0.announce(.account(ID("x1"))) }
        #expect(try await one.lastChange() > before)
    }

    @Test("says that another process holds it, after the patience it was given, and serves again")
    func held() async throws {
        let holder = try SQLiteDriver(path: path, readers: 1, patience: 1)
        let database = try Database(path: path, patience: 0.05)
        let (held, release) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await holder.write { _ in
                    held.signal()
                    release.wait()
                }
            }
            while held.wait(timeout: .now()) == .timedOut { await Task.yield() }
            let fault = await #expect(throws: Fault.self) { try await add("a1", to: database) }
            #expect(fault?.code == .storeUnavailable)
            #expect(fault?.message.contains(path) == true)
            release.signal()
            try await group.waitForAll()
        }
        try await add("a1", to: database)
        #expect(try await count(in: database) == 1)
    }

    @Test("refuses what a newer watchword wrote, and leaves it as it is")
    func tooNew() async throws {
        let driver = try SQLiteDriver(path: path, readers: 1, patience: 1)
        _ = try await driver.write { try $0.change("UPDATE schema_version SET version = 99", []) }
        try await driver.close()
        let fault = try #require(throws: Fault.self) { try Database(path: path) }
        #expect(fault.code == .storeTooNew)
        #expect(fault.message.contains("99"))
    }

    @Test("refuses what is no database, naming the file and the mend")
    func notADatabase() throws {
        try Data(String(repeating: "not a database ", count: 500).utf8).write(to: URL(fileURLWithPath: path))
        let fault = try #require(throws: Fault.self) { try Database(path: path) }
        #expect(fault.code == .storeCorrupt)
        #expect(fault.message.contains(path))
        #expect(fault.message.contains("backup"))
    }

    @Test("refuses damaged pages as damage")
    func damaged() async throws {
        let database = try Database(path: path)
        for number in 1...200 { try await add("a\(number)", to: database) }
        try await database.close()
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        for index in 4_096..<bytes.count { bytes[index] = UInt8(truncatingIfNeeded: index &* 31) }
        try bytes.write(to: URL(fileURLWithPath: path))
        let fault = await #expect(throws: Fault.self) {
            let damaged = try Database(path: path)
            _ = try await damaged.store(for: Self.realm).read { try $0.accounts(limit: 500, offset: 0) }
        }
        #expect(fault?.code == .storeCorrupt)
    }

    @Test("says which directory is missing")
    func missingDirectory() throws {
        let fault = try #require(throws: Fault.self) { try Database(path: directory.file("none/watchword.db")) }
        #expect(fault.code == .storeUnavailable)
        #expect(fault.message.contains("none/watchword.db"))
    }

    @Test("when the disk is full, keeps what it acknowledged and nothing else, and goes on when there is room")
    func diskFull() async throws {
        let driver = try SQLiteDriver(path: path, readers: 1, patience: 1)
        let pages = try await driver.write { try $0.rows("PRAGMA page_count", []).first?.int(0) ?? 0 }
        _ = try await driver.write { try $0.rows("PRAGMA max_page_count = \(pages + 40)", []) }
        let store = RealmStore(driver: driver, realm: Self.realm)
        let kept = try await withThrowingTaskGroup(of: String?.self) { group in
            for number in 0..<60 {
                group.addTask {
                    var account = Self.account("a\(number)")
                    account.name = String(repeating: "x", count: 9_000)
                    do {
                        _ = try await store.write { [account] in try $0.insert(account) }
                        return account.id.text
                    } catch let fault as Fault {
                        #expect([.diskFull, .storeUnavailable].contains(fault.code), "\(fault)")
                        return nil
                    }
                }
            }
            return try await group.reduce(into: Set<String>()) { kept, id in if let id { kept.insert(id) } }
        }
        #expect(kept.count < 60)
        #expect(kept.count > 0)
        let found = try await store.read { try $0.accounts(limit: 99, offset: 0).map(\.id.text) }
        #expect(Set(found) == kept)
        _ = try await driver.write { try $0.rows("PRAGMA max_page_count = 100000", []) }
        #expect(try await store.write { try $0.insert(Self.account("room")) } == nil)
        try await driver.close()
    }

    @Test("folds its log into the file when it is closed, and answers nobody after")
    func close() async throws {
        let database = try Database(path: path)
        try await add("a1", to: database)
        // A reader's connection stays open in the pool, and would be the last to close.
        #expect(try await count(in: database) == 1)
        try await database.close()
        let log = try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? NSNumber
        #expect((log?.intValue ?? 0) == 0)
        let fault = await #expect(throws: Fault.self) { try await add("a2", to: database) }
        #expect(fault?.code == .storeUnavailable)
        await #expect(throws: Fault.self) { try await count(in: database) }
    }

    @Test("is copied whole while others write, for its owner only, and never over a file")
    func backup() async throws {
        let database = try Database(path: path)
        for number in 1...30 { try await add("a\(number)", to: database) }
        let copy = directory.file("copy.db")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 31...60 { group.addTask { try await add("a\(number)", to: database) } }
            try await database.backup(to: copy)
            try await group.waitForAll()
        }
        #expect(try mode(copy) == 0o600)
        let content = try Data(contentsOf: URL(fileURLWithPath: copy))
        let fault = await #expect(throws: Fault.self) { try await database.backup(to: copy) }
        #expect(fault?.message.contains(copy) == true)
        #expect(try Data(contentsOf: URL(fileURLWithPath: copy)) == content)
        #expect((30...60).contains(try await count(in: Database(path: copy))))
    }

    @Test("keeps the audit for good: no statement changes or removes an event")
    func audit() async throws {
        let driver = try SQLiteDriver(path: path, readers: 1, patience: 1)
        let store = RealmStore(driver: driver, realm: Self.realm)
        try await store.write {
            try $0.append(AuditEvent(at: Timestamp(seconds: 1), kind: .signIn, address: "192.0.2.1"))
        }
        for statement in [
            "UPDATE audit SET outcome = 'granted'", "DELETE FROM audit", "DELETE FROM audit WHERE realm = 'one'",
        ] {
            await #expect(throws: Fault.self) { try await driver.write { try $0.change(statement, []) } }
        }
        #expect(try await store.read { try $0.auditEvents(of: nil, limit: 9) }.count == 1)
        try await driver.close()
    }
}
