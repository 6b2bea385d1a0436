import WatchwordCore

/// What a request holds where the route's carriers look.
public enum CarriedCredentials: Sendable, Equatable {
    case none
    /// In the order of the carriers; each must prove good (a bad one is never passed over for the next).
    case presented([PresentedCredential])
    /// A field is repeated, oversized, or of no scheme that the route takes.
    case malformed
}

extension CompiledRoute {
    /// Longest credential read, in bytes; the longest token we issue is far shorter.
    static var maximumCredential: Int { 8_192 }

    /// The credentials of a request, by the route's carriers; `.none` where the route has none.
    public func credentials(in request: WireRequest) -> CarriedCredentials {
        guard let carriers = route.carriers else { return .none }
        var presented: [PresentedCredential] = []
        var unmatched = false
        var read: Set<Carrier.Place> = []
        for carrier in carriers {
            switch Self.text(at: carrier.place, in: request) {
            case .absent: continue
            case .otherScheme: unmatched = true
            case .malformed: return .malformed
            case .found(let text):
                // One field may be listed for two kinds of credential; the first that takes its scheme reads it.
                guard read.insert(carrier.place).inserted else { continue }
                presented.append(PresentedCredential(kind: carrier.takes, text: Secret(text)))
            }
        }
        if presented.isEmpty { return unmatched ? .malformed : .none }
        return .presented(presented)
    }

    private enum Found {
        case absent, otherScheme, malformed
        case found(String)
    }

    private static func text(at place: Carrier.Place, in request: WireRequest) -> Found {
        switch place {
        case .header(let name, let scheme):
            var found: String?
            for header in request.headers where header.name == name && !header.value.isEmpty {
                guard found == nil else { return .malformed }
                found = header.value
            }
            guard let found else { return .absent }
            guard found.utf8.count <= maximumCredential else { return .malformed }
            guard let scheme else { return .found(found) }
            return credential(of: found, scheme: scheme)
        case .query(let name):
            guard let query = request.query else { return .absent }
            guard let fields = PercentCoding.fields(query.utf8, limit: RequestBody.maximumFields) else {
                return .malformed
            }
            return single(fields.filter { $0.name == name }.map(\.value))
        case .cookie(let name):
            return single(Cookies.values(of: name, in: request))
        }
    }

    private static func single(_ values: [String]) -> Found {
        guard let value = values.first, !value.isEmpty else { return .absent }
        return values.count == 1 && value.utf8.count <= maximumCredential ? .found(value) : .malformed
    }

    /// `scheme SP credential` (RFC 9110 section 11.4); the scheme is compared without case.
    private static func credential(of value: String, scheme: String) -> Found {
        let bytes = value.utf8
        let wanted = scheme.utf8
        guard bytes.count >= wanted.count,
            zip(bytes, wanted).allSatisfy({ $0 | 0x20 == $1 | 0x20 || $0 == $1 })
        else { return .otherScheme }
        let rest = bytes.dropFirst(wanted.count)
        guard let first = rest.first else { return .malformed }
        guard first == UInt8(ascii: " ") else { return .otherScheme }
        let credential = rest.drop { $0 == UInt8(ascii: " ") }
        guard !credential.isEmpty, !credential.contains(UInt8(ascii: " ")) else { return .malformed }
        return .found(String(Substring(credential)))
    }
}

/// The Cookie field of RFC 6265 section 4.2.
enum Cookies {
    static func values(of name: String, in request: WireRequest) -> [String] {
        var values: [String] = []
        for header in request.headers where header.name == "cookie" {
            for pair in header.value.split(separator: ";") {
                let text = Identifier.trimmed(String(pair))
                guard let split = text.firstIndex(of: "="), text[..<split] == name else { continue }
                values.append(String(text[text.index(after: split)...]))
            }
        }
        return values
    }
}
