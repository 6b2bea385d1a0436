import WatchwordDialect

/// The dialects in the repository, found from this file's place.
enum Shipped {
    /// Those of the five documents.
    static let names = ["aethermind", "authspec", "chatops", "stratify", "vsay"]

    /// All of them, those of well-known servers too.
    static let every = names + ["directus", "fastapi-users", "mattermost", "pocketbase"]

    static var root: String {
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")
    }

    static func text(_ name: String) throws -> String {
        try Fixture.read("\(root)/Dialects/\(name)/dialect.yaml")
    }

    static func load(_ name: String, environment: [String: String] = [:]) throws -> DialectLoading {
        Dialect.load(text: try text(name), file: "\(name).yaml") { environment[$0] }
    }

    struct Rejected: Error, CustomStringConvertible {
        var description: String
    }

    static func dialect(_ name: String, environment: [String: String] = [:]) throws -> Dialect {
        let loading = try load(name, environment: environment)
        guard let dialect = loading.dialect else {
            throw Rejected(description: loading.diagnostics.map(\.description).joined(separator: "\n"))
        }
        return dialect
    }
}
