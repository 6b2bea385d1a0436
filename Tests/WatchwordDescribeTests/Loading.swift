import Foundation
import Testing
import WatchwordDialect

/// The repository's root.
let repository = #filePath.components(separatedBy: "/Tests/WatchwordDescribeTests/")[0]

/// The names of the dialects that the repository ships.
let shipped: [String] = {
    let folders = (try? FileManager.default.contentsOfDirectory(atPath: "\(repository)/Dialects")) ?? []
    return folders.filter { FileManager.default.fileExists(atPath: "\(repository)/Dialects/\($0)/dialect.yaml") }
        .sorted()
}()

func shippedText(_ name: String) throws -> String {
    try String(contentsOfFile: "\(repository)/Dialects/\(name)/dialect.yaml", encoding: .utf8)
}

func shippedDialect(_ name: String) throws -> Dialect { try dialect(try shippedText(name)) }

/// The dialect of a text, which must have no mistake.
func dialect(_ text: String) throws -> Dialect {
    let loading = Dialect.load(text: text, file: "test.yaml") { _ in nil }
    return try #require(loading.dialect, "\(loading.diagnostics.map(\.description).joined(separator: "\n"))")
}

/// A small dialect, the routes and errors of which a test writes.
func small(routes: String, errors: String = "error: {status: 400, body: {error: $error.message}}", more: String = "")
    throws -> Dialect
{
    try dialect(
        """
        dialect: 1
        name: small
        keys: {main: {alg: HS256, env: SECRET}}
        tokens:
          access: {kind: jwt, key: main, ttl: 1h, claims: {sub: $user.id, exp: $exp}}
        credentials:
          user: [{header: Authorization, scheme: Bearer, takes: access}]
        \(more)
        errors:
          \(errors.replacingOccurrences(of: "\n", with: "\n  "))
        routes:
          \(routes.replacingOccurrences(of: "\n", with: "\n  "))

        """)
}
