import WatchwordCore

extension Loader {
    /// `{name: {value: $refresh.token, max_age: $refresh.ttl}, other: {clear: true}}`; a bare value stands for a cookie
    /// with nothing but that value, null for one that is cleared.
    mutating func cookies(_ entry: Node.Entry, isRefusal: Bool, _ scope: ReplyScope) -> [ReplyCookie]? {
        guard let members = members(of: entry, unknown: "cookie", nil) else { return nil }
        let cookies = members.entries.compactMap { cookie($0, isRefusal: isRefusal, scope) }
        return cookies.count == members.entries.count ? cookies : nil
    }

    private mutating func cookie(_ entry: Node.Entry, isRefusal: Bool, _ scope: ReplyScope) -> ReplyCookie? {
        guard isToken(entry.key) else {
            report.error("`\(entry.key)` cannot be the name of a cookie", at: entry.position)
            return nil
        }
        if entry.value.isNull { return ReplyCookie(entry.key, nil) }
        guard let members = shorthand(entry) ?? members(of: entry, Language.cookie) else { return nil }
        let isCleared = members["clear"].map { flag($0) ?? true } ?? false
        guard (members["value"] == nil) == isCleared else {
            report.error("a cookie has a `value`, or `clear: true`", at: entry.position)
            return nil
        }
        var cookie = ReplyCookie(entry.key, nil)
        if let value = members["value"] {
            if isRefusal {
                report.error("a refusal sets no cookie; it can clear one", at: value.position)
                return nil
            }
            guard let tree = tree(value.value, scope, isMember: true) else { return nil }
            guard isCookieValue(tree) else {
                report.error("a cookie's value is one text", at: value.value.position)
                return nil
            }
            cookie.value = tree
        }
        if let age = members["max_age"] {
            guard let tree = maximumAge(age, scope) else { return nil }
            cookie.maximumAge = tree
        }
        if let flag = members["http_only"].flatMap({ flag($0) }) { cookie.isHTTPOnly = flag }
        if let site = members["same_site"] { cookie.sameSite = sameSite(site) ?? cookie.sameSite }
        if let secure = members["secure"] { cookie.secure = self.secure(secure) ?? cookie.secure }
        if let path = members["path"] { cookie.path = attribute(path, first: "/") ?? "/" }
        if let domain = members["domain"] { cookie.domain = attribute(domain, first: nil) }
        check(cookie, entry)
        return cookie
    }

    private func shorthand(_ entry: Node.Entry) -> Members? {
        guard entry.value.scalar != nil else { return nil }
        return Members(
            position: entry.position, entries: [Node.Entry(key: "value", position: entry.position, value: entry.value)])
    }

    private func isCookieValue(_ tree: Tree) -> Bool {
        switch tree {
        case .literal(.string), .literal(.int), .literal(.bool), .text: true
        case .slot(let slot, let filters): slot.kind != .list && !filters.contains(.list)
        default: false
        }
    }

    /// `$refresh.ttl`, `604800`, `7d`, or `$name` of a setting; as seconds.
    private mutating func maximumAge(_ entry: Node.Entry, _ scope: ReplyScope) -> Tree? {
        if let seconds = entry.value.scalar?.int {
            guard seconds >= 0 else {
                report.error("`max_age` is not below 0", at: entry.value.position)
                return nil
            }
            return .literal(.int(seconds))
        }
        if case .whole(let placeholder)? = entry.value.string.map({ ScalarText($0) }), placeholder.member != nil {
            guard let tree = tree(entry.value, scope) else { return nil }
            guard case .slot(let slot, _) = tree, slot.kind == .number else {
                report.error("`max_age` is a number of seconds, as in `$refresh.ttl`", at: entry.value.position)
                return nil
            }
            return tree
        }
        return lifetime(entry, orZero: true).map { .literal(.int($0.seconds)) }
    }

    /// Browsers write it `Strict`, servers either way.
    private mutating func sameSite(_ entry: Node.Entry) -> ReplyCookie.SameSite? {
        entry.value.string.flatMap { ReplyCookie.SameSite(rawValue: $0.lowercased()) } ?? choice(entry)
    }

    private mutating func secure(_ entry: Node.Entry) -> ReplyCookie.Secure? {
        entry.value.scalar?.bool.map { $0 ? .always : .never } ?? choice(entry)
    }

    /// A text without what ends an attribute (RFC 6265 section 4.1.1).
    private mutating func attribute(_ entry: Node.Entry, first: String?) -> String? {
        guard let text = text(entry) else { return nil }
        let isClean = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ";") }
        guard isClean, !text.isEmpty, first.map(text.hasPrefix) ?? true else {
            report.error("`\(text)` cannot be the `\(entry.key)` of a cookie", at: entry.value.position)
            return nil
        }
        return text
    }

    /// What browsers would not keep (draft 6265bis section 4.1.3), and what they should not.
    private mutating func check(_ cookie: ReplyCookie, _ entry: Node.Entry) {
        if cookie.sameSite == ReplyCookie.SameSite.none, cookie.secure == .never {
            report.error("browsers keep no cookie with `same_site: none` that is not secure", at: entry.position)
        }
        let name = cookie.name.lowercased()
        if name.hasPrefix("__host-") || name.hasPrefix("__secure-"), cookie.secure == .never {
            report.error("browsers keep a cookie of that name only if it is secure", at: entry.position)
        }
        if name.hasPrefix("__host-"), cookie.path != "/" || cookie.domain != nil {
            report.error("a `__Host-` cookie has the path `/` and no domain", at: entry.position)
        }
        let isSecret = cookie.value?.slots.contains(where: \.isSecret) ?? false
        if isSecret, !cookie.isHTTPOnly {
            report.note("any script of the page can read this token", at: entry.position)
        }
        if isSecret, cookie.secure == .never {
            report.note("this token is also sent where anybody on the way can read it", at: entry.position)
        }
    }
}
