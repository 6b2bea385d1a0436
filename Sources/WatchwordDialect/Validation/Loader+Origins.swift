import WatchwordCore

extension Loader {
    /// `cors: {origins: [https://app.example], credentials: true}`, or the list of origins alone.
    mutating func readOrigins(_ entry: Node.Entry) {
        guard entry.value.entries != nil else {
            dialect.origins = items(entry.value).compactMap { origin($0) }
            return
        }
        guard let members = members(of: entry, Language.cors),
            let origins = required("origins", of: members, entry)
        else { return }
        dialect.origins = items(origins.value).compactMap { origin($0) }
        if let flag = members["credentials"].flatMap({ flag($0) }) { dialect.originsMayUseCookies = flag }
        if dialect.originsMayUseCookies, dialect.origins.contains("*"), let place = members["credentials"]?.position {
            report.error("a page of any origin must not use somebody's cookies: name the origins", at: place)
        }
    }

    private mutating func origin(_ node: Node) -> String? {
        guard let origin = text(node, "origins") else { return nil }
        if origin == "*" {
            report.note("any page may read the answers", at: node.position)
            return origin
        }
        let isOrigin = ["https://", "http://"].contains { scheme in
            guard origin.hasPrefix(scheme) else { return false }
            let rest = origin.dropFirst(scheme.count)
            return !rest.isEmpty && rest.utf8.allSatisfy { isWordByte($0) || "-.:[]".utf8.contains($0) }
        }
        if isOrigin { return origin }
        report.error(
            "an origin is a scheme, a host and a port, with no path: `https://app.example`", at: node.position)
        return nil
    }
}
