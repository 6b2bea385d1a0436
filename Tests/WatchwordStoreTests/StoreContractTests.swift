import Testing
import WatchwordCore
import WatchwordEngine
import WatchwordStore
import WatchwordTestKit

@Suite("The store's contract")
struct StoreContractTests {
    @Test("holds on SQLite", arguments: StoreContract.all)
    func sqlite(_ promise: StoreContract.Case) async throws {
        let directory = try TemporaryDirectory()
        let database = try Database(path: directory.file("watchword.db"))
        try await promise.run(
            StoreContract.Stores(store: database.store(for: ID("one")), other: database.store(for: ID("two"))))
        try await database.close()
    }
}
