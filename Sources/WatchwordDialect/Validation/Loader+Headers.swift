import WatchwordCore

extension Loader {
    /// Fields that the server writes itself (RFC 9110 sections 6.6.1, 7.6.1 and 8).
    private static let ownFields = [
        "content-length", "transfer-encoding", "connection", "date", "server", "keep-alive", "upgrade", "te",
        "trailer", "allow",
    ]

    mutating func headers(_ entry: Node.Entry, _ scope: ReplyScope) -> [ReplyHeader]? {
        guard let members = members(of: entry, unknown: "header", nil) else { return nil }
        var headers: [ReplyHeader] = []
        for field in members.entries {
            let name = field.key.lowercased()
            // A list is several fields of one name.
            let values = field.value.items == nil ? [field.value] : items(field.value)
            if name == "set-cookie" {
                report.error("cookies are set by `cookies:`", at: field.position)
            } else if name == "content-type" {
                // The reply's `content_type` by another name, which was read.
                continue
            } else if !isToken(field.key) {
                report.error("`\(field.key)` cannot be the name of a header", at: field.position)
            } else if Self.ownFields.contains(name) {
                report.error("`\(field.key)` is written by the server itself", at: field.position)
            } else if headers.contains(where: { $0.name.lowercased() == name }) {
                report.error("`\(field.key)` is there twice", at: field.position)
            } else if name == "location", values.count != 1 {
                report.error("there is one `Location`", at: field.value.position)
            } else {
                let trees = values.compactMap { header($0, name, scope) }
                guard trees.count == values.count else { return nil }
                headers += trees.map { ReplyHeader(field.key, $0) }
                continue
            }
            return nil
        }
        return headers
    }

    private mutating func header(_ node: Node, _ name: String, _ scope: ReplyScope) -> Tree? {
        guard let tree = tree(node, scope, isMember: true) else { return nil }
        guard isFieldValue(tree) else {
            report.error("a header's value is one line of ASCII text", at: node.position)
            return nil
        }
        guard name == "location" else { return tree }
        guard isLocation(tree) else {
            report.error(
                "what is put into a `Location` stands behind its host and path: `/done?token=${access.token}`",
                at: node.position)
            return nil
        }
        if tree.slots.contains(where: \.isSecret) {
            report.note("a token in a URL stays in the browser's history and in the logs behind it", at: node.position)
        }
        return tree
    }

    private func isFieldValue(_ tree: Tree) -> Bool {
        func isLine(_ text: String) -> Bool { text.utf8.allSatisfy { (0x20...0x7E).contains($0) } }
        switch tree {
        case .literal(.string(let text)): return isLine(text)
        case .literal(.int), .literal(.bool): return true
        case .slot(let slot, let filters): return slot.kind != .list && !filters.contains(.list)
        case .text(let pieces):
            return pieces.allSatisfy { if case .literal(let text) = $0 { isLine(text) } else { true } }
        case .conditional(_, let then, let otherwise):
            return isFieldValue(then) && otherwise.map(isFieldValue) ?? true
        default: return false
        }
    }

    /// Whether no fact in it can choose the host: each stands behind a path's slash, a `?` or a `#` of the file's own.
    private func isLocation(_ tree: Tree) -> Bool {
        switch tree {
        case .literal(.string(let text)): return !text.isEmpty && !text.hasPrefix("//")
        case .slot(let slot, _): return slot.isURL
        case .conditional(_, let then, let otherwise): return isLocation(then) && otherwise.map(isLocation) ?? true
        case .text(let pieces):
            var prefix = ""
            for piece in pieces {
                switch piece {
                case .literal(let text): prefix += text
                case .slot(let slot, _):
                    if prefix.isEmpty, slot.isURL {
                        // Ours, and followed by what can no longer change it.
                        prefix = "https://host"
                        continue
                    }
                    return Self.isPlaced(prefix)
                }
            }
            return !prefix.isEmpty
        default: return false
        }
    }

    private static func isPlaced(_ prefix: String) -> Bool {
        if prefix.hasPrefix("//") || prefix.hasPrefix("/\\") { return false }
        if prefix.hasPrefix("/") || prefix.hasPrefix("?") || prefix.hasPrefix("#") { return true }
        guard let scheme = prefix.firstRange(of: "://") else { return false }
        return prefix[scheme.upperBound...].contains { "/?#".contains($0) }
    }
}
