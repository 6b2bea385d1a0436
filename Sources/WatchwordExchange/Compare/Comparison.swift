import WatchwordCore
import WatchwordDialect

/// Holds two answers against each other, field by field.
///
/// Values that no two servers share (ids, tokens, times) are the same if they are of one kind; the insides of JWTs
/// are compared as trees. Where the file itself says that anything of a kind may stand, values of one type are the
/// same. Header fields of the transport, and those that say nothing of the contract, are not looked at.
struct Comparison {
    private let exchange: Int
    private(set) var differences: [Difference] = []

    /// The fields that clients of an API read.
    static let fields = [
        "content-type", "www-authenticate", "location", "allow", "retry-after", "link", "x-total-count",
        "access-control-allow-origin",
    ]

    init(exchange: Int) { self.exchange = exchange }

    /// - Parameter expected: what the file says of the answer: its header fields are looked at too.
    mutating func compare(_ ours: WireResponse, _ theirs: WireResponse, expected: Exchange.Expected? = nil) {
        let named = expected?.headers.map { $0.name.lowercased() } ?? []
        if ours.status != theirs.status { add("status", String(ours.status), String(theirs.status)) }
        for name in Self.fields + named.filter({ !Self.fields.contains($0) }) {
            let (left, right) = (values(name, ours), values(name, theirs))
            if name == "set-cookie" { continue }
            if left != right, !sameKind(left, right) { add("header \(name)", left ?? "none", right ?? "none") }
        }
        compareCookies(ours, theirs)
        compareBodies(ours, theirs, expected?.body)
    }

    private mutating func add(_ place: String, _ ours: String, _ theirs: String) {
        differences.append(Difference(exchange: exchange, place: place, ours: ours, theirs: theirs))
    }

    private func values(_ name: String, _ response: WireResponse) -> String? {
        let values = response.headers.filter { $0.name.lowercased() == name }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    private func sameKind(_ left: String?, _ right: String?) -> Bool {
        guard let left, let right, let kind = ValueKind(.string(left)) else { return false }
        return kind == ValueKind(.string(right))
    }

    // MARK: Cookies

    private mutating func compareCookies(_ ours: WireResponse, _ theirs: WireResponse) {
        let (left, right) = (Self.cookies(ours), Self.cookies(theirs))
        for name in Set(left.keys).union(right.keys).sorted() {
            let place = "cookie \(name)"
            guard let our = left[name], let their = right[name] else {
                add(place, left[name] == nil ? "none" : "set", right[name] == nil ? "none" : "set")
                continue
            }
            if our.attributes != their.attributes {
                add(
                    "\(place) attributes", our.attributes.joined(separator: "; "),
                    their.attributes.joined(separator: "; "))
            }
            if our.value.isEmpty != their.value.isEmpty { add(place, our.value, their.value) }
        }
    }

    private static func cookies(_ response: WireResponse) -> [String: (value: String, attributes: [String])] {
        var cookies: [String: (value: String, attributes: [String])] = [:]
        for header in response.headers where header.name.lowercased() == "set-cookie" {
            let parts = header.value.split(separator: ";").map { Identifier.trimmed(String($0)) }
            guard let pair = parts.first, let split = pair.firstIndex(of: "=") else { continue }
            // When a cookie ends is a time, which two servers do not share.
            let attributes = parts.dropFirst().map { $0.lowercased() }.filter { !$0.hasPrefix("expires=") }
            cookies[String(pair[..<split])] = (String(pair[pair.index(after: split)...]), attributes.sorted())
        }
        return cookies
    }

    // MARK: Bodies

    private mutating func compareBodies(_ ours: WireResponse, _ theirs: WireResponse, _ expected: String?) {
        guard ours.body != theirs.body else { return }
        guard case .success(let left) = JSON.parse(ours.body), case .success(let right) = JSON.parse(theirs.body) else {
            return add("body", Self.shortened(ours.body), Self.shortened(theirs.body))
        }
        compare(left, right, expected.flatMap { try? JSON.parse(Array($0.utf8)).get() }, "body")
    }

    private mutating func compare(_ ours: Value, _ theirs: Value, _ pattern: Value?, _ place: String) {
        if case .string(let text)? = pattern, Braces.only(text) != nil, ours.typeName == theirs.typeName,
            ours.string.flatMap(ValueKind.jwtParts) == nil
        {
            return
        }
        switch (ours, theirs) {
        case (.object(let left), .object(let right)): compareMembers(left, right, pattern, place)
        case (.array(let left), .array(let right)):
            if left.count != right.count { add("\(place) count", String(left.count), String(right.count)) }
            for (index, (left, right)) in zip(left, right).enumerated() {
                var inner: Value?
                if case .array(let patterns)? = pattern, patterns.indices.contains(index) { inner = patterns[index] }
                compare(left, right, inner, "\(place)[\(index)]")
            }
        case (.string(let left), .string(let right)):
            guard left != right else { return }
            if let our = ValueKind.jwtParts(left), let their = ValueKind.jwtParts(right) {
                compare(our.header, their.header, nil, "\(place).header")
                compare(our.claims, their.claims, nil, "\(place).claims")
            } else if !sameKind(left, right) {
                add(place, Self.shown(ours), Self.shown(theirs))
            }
        default:
            guard ours != theirs else { return }
            if let kind = ValueKind(ours), kind == ValueKind(theirs) { return }
            add(place, Self.shown(ours), Self.shown(theirs))
        }
    }

    private mutating func compareMembers(
        _ left: [Value.Member], _ right: [Value.Member], _ pattern: Value?, _ place: String
    ) {
        let (ourNames, theirNames) = (left.map(\.name), right.map(\.name))
        for member in left {
            if let their = right.first(where: { $0.name == member.name }) {
                if Self.namesSomebody(member.name), Self.areNumbers(member.value, their.value) { continue }
                compare(member.value, their.value, pattern?[member.name], "\(place).\(member.name)")
            } else {
                add("\(place).\(member.name)", Self.shown(member.value), "none")
            }
        }
        for member in right where !ourNames.contains(member.name) {
            add("\(place).\(member.name)", "none", Self.shown(member.value))
        }
        let common = ourNames.filter(theirNames.contains)
        if common != theirNames.filter(ourNames.contains) {
            add("\(place) order", common.joined(separator: " "), theirNames.joined(separator: " "))
        }
    }

    /// Whether a member of that name holds an id, which no two servers share even where it is a small number.
    private static func namesSomebody(_ name: String) -> Bool {
        ["id", "_id", "sub", "uid"].contains(name) || name.hasSuffix("_id") || name.hasSuffix("Id")
    }

    /// Whether both are numbers, written the same way.
    private static func areNumbers(_ left: Value, _ right: Value) -> Bool {
        switch (left, right) {
        case (.int, .int): true
        case (.string(let left), .string(let right)): Int64(left) != nil && Int64(right) != nil
        default: false
        }
    }

    /// A value as a report may show it: never a token or a key.
    private static func shown(_ value: Value) -> String {
        switch ValueKind(value) {
        case .jwt?: return "a JWT"
        case .opaque?, .hexadecimal?: return "an opaque text of \(value.string?.count ?? 0) characters"
        default: return shortened(Array(JSON.text(value).utf8))
        }
    }

    private static func shortened(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes.prefix(120), as: UTF8.self)
        return bytes.isEmpty ? "none" : bytes.count > 120 ? text + "..." : text
    }
}
