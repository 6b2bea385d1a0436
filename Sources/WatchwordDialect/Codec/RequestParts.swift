import WatchwordCore

/// What a printed request will hold, by its places.
struct RequestParts {
    private(set) var parameters: [String: String] = [:]
    private var query: [(String, String)] = []
    private var cookies: [(String, String)] = []
    private var headers: [(name: String, value: String)] = []
    private var basic: [BasicPart: String] = [:]
    private var body: [(path: [String], value: Value)] = []

    /// Whether something stands at that source.
    func holds(_ source: InputSource) -> Bool {
        switch source {
        case .body(let path): body.contains { $0.path == path }
        case .query(let name): query.contains { $0.0 == name }
        case .header(let name, _): headers.contains { $0.name == name }
        case .cookie(let name): cookies.contains { $0.0 == name }
        case .path(let name): parameters[name] != nil
        case .basic(let part): basic[part] != nil
        case .constant, .socket: true
        }
    }

    /// Puts a value where a source finds it; says whether it has a form there.
    mutating func put(_ value: Value, at source: InputSource) -> Bool {
        if case .body(let path) = source {
            body.append((path, value))
            return true
        }
        guard let text = Self.text(value) else { return false }
        if case .socket(let pieces) = source { return putPath(text, pieces) }
        switch source {
        case .path(let name): parameters[name] = text
        case .query(let name): query.append((name, text))
        case .header(let name, nil): headers.append((name, text))
        case .header(let name, let scheme?):
            let field = "\(scheme) \(text)"
            // A text with a space in it is no credential behind a scheme.
            guard AuthorizationField.credential(in: field, scheme: scheme) == text else { return false }
            headers.append((name, field))
        case .cookie(let name): cookies.append((name, text))
        case .basic(let part): basic[part] = text
        case .body, .constant, .socket: return false
        }
        return true
    }

    /// What a path says for the parameters of its pieces; whether it has them.
    private mutating func putPath(_ path: String, _ pieces: [PathPiece]) -> Bool {
        guard let segments = RouteTable.segments(path), RouteTable.fits(segments, pieces, .exact) else { return false }
        for (name, value) in RouteTable.parameters(segments, pieces) { parameters[name] = value }
        return true
    }

    /// Puts a credential where its carrier looks, and beside it the name of its owner where the carrier wants one.
    mutating func put(_ credential: PresentedCredential, by carrier: Carrier) -> Bool {
        guard put(.string(credential.text.revealed), at: carrier.place.source) else { return false }
        guard let companion = carrier.companion else { return true }
        guard let owner = credential.owner, owner.names == companion.names else { return false }
        return put(.string(owner.text), at: companion.place.source)
    }

    /// The request; nothing if a value has no form in its place.
    func request(method: String, path: String, media: MediaType?) -> WireRequest? {
        var headers = headers
        if !basic.isEmpty {
            let username = basic[.username] ?? ""
            let password = basic[.password] ?? ""
            guard !(username + password).utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }),
                !username.utf8.contains(UInt8(ascii: ":"))
            else { return nil }
            headers.append(("authorization", AuthorizationField.basic(username: username, password: password)))
        }
        guard headers.allSatisfy({ Self.isFieldValue($0.value) }),
            cookies.allSatisfy({ Self.isFieldValue($0.1) && !$0.1.utf8.contains(UInt8(ascii: ";")) })
        else { return nil }
        var request = WireRequest(method: method, path: path, headers: headers)
        if !query.isEmpty { request.query = Self.form(query) }
        if !cookies.isEmpty {
            request.headers.append(("cookie", cookies.map { "\($0.0)=\($0.1)" }.joined(separator: "; ")))
        }
        return put(media, in: &request) ? request : nil
    }

    private func put(_ media: MediaType?, in request: inout WireRequest) -> Bool {
        guard let media else { return body.isEmpty }
        var type = media.essence
        switch media {
        case .json:
            var tree = Value.object([])
            for (path, value) in body {
                tree = path == RequestBody.whole ? value : Self.inserting(value, at: path[...], into: tree)
            }
            JSON.append(tree, to: &request.body)
        case .form:
            guard let fields else { return false }
            request.body = Array(Self.form(fields).utf8)
        case .multipart:
            guard let fields else { return false }
            let boundary = Self.boundary(fields)
            type += "; boundary=\(boundary)"
            for (name, value) in fields {
                guard !name.utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) else { return false }
                request.body += Array(
                    "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
            }
            request.body += Array("--\(boundary)--\r\n".utf8)
        case .text:
            guard let fields, fields.count <= 1 else { return false }
            request.body = Array((fields.first?.1 ?? "").utf8)
        }
        request.headers.append(("content-type", type))
        return true
    }

    /// The body's members as texts; nothing if one has none.
    private var fields: [(String, String)]? {
        var fields: [(String, String)] = []
        for (path, value) in body {
            guard let text = Self.text(value) else { return nil }
            fields.append((path.joined(separator: "."), text))
        }
        return fields
    }

    /// A boundary that stands in no value.
    private static func boundary(_ fields: [(String, String)]) -> String {
        var boundary = "watchword"
        while fields.contains(where: { $0.1.contains(boundary) }) { boundary += "-" }
        return boundary
    }

    /// What a place that holds only text has for a value.
    private static func text(_ value: Value) -> String? {
        switch value {
        case .string(let text): text
        case .int(let number): String(number)
        case .bool(let flag): String(flag)
        default: nil
        }
    }

    /// RFC 9110 section 5.5, and nothing that a reader would trim.
    private static func isFieldValue(_ text: String) -> Bool {
        !text.utf8.contains { $0 < 0x20 || $0 == 0x7F } && Identifier.trimmed(text) == text && !text.isEmpty
    }

    private static func form(_ fields: [(String, String)]) -> String {
        fields.map { PercentEncoding.component($0.0) + "=" + PercentEncoding.component($0.1) }.joined(separator: "&")
    }

    private static func inserting(_ value: Value, at path: ArraySlice<String>, into tree: Value) -> Value {
        guard let name = path.first else { return value }
        // A path through a list can be printed only where it makes one.
        if case .array(var items) = tree, let index = Int(name), (0...items.count).contains(index) {
            let new = inserting(value, at: path.dropFirst(), into: index < items.count ? items[index] : .null)
            if index < items.count { items[index] = new } else { items.append(new) }
            return .array(items)
        }
        if name == "0", tree == .null || tree == .object([]) {
            return .array([inserting(value, at: path.dropFirst(), into: .null)])
        }
        var members: [Value.Member] = if case .object(let members) = tree { members } else { [] }
        let old = members.firstIndex { $0.name == name }
        let new = inserting(value, at: path.dropFirst(), into: old.map { members[$0].value } ?? .null)
        if let old { members[old].value = new } else { members.append(Value.Member(name, new)) }
        return .object(members)
    }
}

extension InputSource {
    var isConstant: Bool { if case .constant = self { true } else { false } }
}

extension Carrier.Place {
    /// The same place as one of an input.
    var source: InputSource {
        switch self {
        case .header(let name, let scheme): .header(name, scheme: scheme)
        case .query(let name): .query(name)
        case .cookie(let name): .cookie(name)
        case .basic(let part): .basic(part)
        case .body(let path): .body(path)
        }
    }
}
