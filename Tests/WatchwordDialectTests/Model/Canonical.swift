import Testing
import WatchwordCore
import WatchwordDialect

/// The canonical text of parts of a small dialect.
enum Canonical {
    /// Of a section, as JSON; nothing where the canonical form has none.
    static func section(_ name: String, of sections: String, routes: String = "") throws -> String? {
        try Tiny.dialect(sections, routes: routes).canonical[name].map(JSON.text)
    }

    /// Of the members of the last route, but for those named.
    static func route(_ routes: String, sections: String = "", without: [String] = []) throws -> String {
        let written = try Tiny.dialect(sections, routes: routes).canonical["routes"]
        guard case .object(let members)? = written, case .object(let parts)? = members.last?.value else { return "" }
        return JSON.text(.object(parts.filter { !without.contains($0.name) }))
    }

    /// Of the reply of a route that signs in.
    static func reply(_ reply: String, sections: String = "") throws -> String {
        let route = "POST /x: {do: login, take: json, in: {email: email, password: password}, reply: \(reply)}"
        let written = try Tiny.dialect(sections, routes: route).canonical["routes"]
        guard case .object(let members)? = written else { return "" }
        return try JSON.text(#require(members.last?.value["reply"]))
    }
}
