import Testing
import WatchwordCore
import WatchwordDialect

@Suite("The shipped dialects")
struct ShippedDialectTests {
    @Test("load", arguments: Shipped.names)
    func load(name: String) throws {
        let loading = try Shipped.load(name)
        #expect(loading.dialect?.name == name, "\(loading.diagnostics.map(\.description).joined(separator: "\n"))")
    }
}
