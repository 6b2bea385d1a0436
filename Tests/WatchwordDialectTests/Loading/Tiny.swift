import Testing
import WatchwordCore
import WatchwordDialect

/// A dialect of one sign-in and what a test adds.
enum Tiny {
    static func text(_ sections: String = "", routes: String = "") -> String {
        let written = Set(sections.split(separator: "\n").map { $0.prefix { $0 != ":" } })
        let standing = [
            "users": "users: {id: uuid}", "tokens": "tokens: {access: {kind: opaque, ttl: 1h}}",
            "errors": "errors: {error: {status: 400}}",
            "credentials": "credentials: {user: [{header: Authorization, scheme: Bearer, takes: access}]}",
        ].filter { !written.contains(Substring($0.key)) }.values.sorted()
        return """
            dialect: 1
            name: tiny
            \(standing.joined(separator: "\n"))
            \(sections)
            routes:
              POST /login: {do: login, take: json, in: {email: email, password: password}, reply: {status: 200, body: null}}
            \(routes.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
            """
    }

    struct Rejected: Error, CustomStringConvertible { var description: String }

    /// The dialect, which must also come back from its canonical form.
    static func dialect(
        _ sections: String = "", routes: String = "", environment: [String: String] = [:],
        _ place: SourceLocation = #_sourceLocation
    ) throws -> Dialect {
        let loading = Dialect.load(text: text(sections, routes: routes), file: "tiny") { environment[$0] }
        guard let dialect = loading.dialect else {
            throw Rejected(description: loading.diagnostics.map(\.description).joined(separator: "\n"))
        }
        let again = Dialect.load(text: dialect.canonicalJSON, file: "again") { environment[$0] }
        #expect(again.dialect == dialect, "\(again.diagnostics)", sourceLocation: place)
        return dialect
    }

    static func messages(
        _ sections: String = "", routes: String = "", environment: [String: String] = [:]
    ) -> [String] {
        let loading = Dialect.load(text: text(sections, routes: routes), file: "tiny") { environment[$0] }
        return loading.diagnostics.filter { $0.severity == .error }.map(\.message)
    }
}
