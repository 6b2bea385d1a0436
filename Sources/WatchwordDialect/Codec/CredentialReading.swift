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
    ///
    /// A field that is there counts, whatever is in it: one of another scheme is malformed even beside a good key,
    /// since a credential that fails must fail the request.
    public func credentials(in request: WireRequest) -> CarriedCredentials {
        guard let carriers = route.carriers else { return .none }
        var presented: [PresentedCredential] = []
        for (index, carrier) in carriers.enumerated() {
            // A field listed more than once is read by the first carrier whose scheme it has.
            let isRead = carriers[..<index].contains { $0.place.isSameField(as: carrier.place) }
            if isRead { continue }
            let sharing = carriers[index...].filter { $0.place.isSameField(as: carrier.place) }
            switch Self.text(at: carrier.place, in: request) {
            case .absent: continue
            case .malformed: return .malformed
            case .found(let text):
                guard let (kind, credential) = Self.credential(of: text, sharing) else { return .malformed }
                presented.append(PresentedCredential(kind: kind, text: Secret(credential)))
            }
        }
        return presented.isEmpty ? .none : .presented(presented)
    }

    private enum Found {
        case absent, malformed
        case found(String)
    }

    private static func text(at place: Carrier.Place, in request: WireRequest) -> Found {
        switch place {
        case .header(let name, _):
            var found: String?
            for header in request.headers where header.name == name && !header.value.isEmpty {
                guard found == nil else { return .malformed }
                found = header.value
            }
            guard let found else { return .absent }
            return found.utf8.count <= maximumCredential ? .found(found) : .malformed
        case .query(let name):
            guard let query = request.query else { return .absent }
            let fields = FormFields(query.utf8)
            let values = fields.values(of: name)
            guard !fields.overflows, values.allSatisfy({ $0 != nil }) else { return .malformed }
            return single(values.compactMap(\.self))
        case .cookie(let name):
            return single(Cookies.values(of: name, in: request))
        case .basic, .body: return .absent
        }
    }

    /// The credential in a field that these carriers share, by the first whose scheme it has.
    private static func credential(of text: String, _ carriers: [Carrier]) -> (PresentedCredential.Kind, String)? {
        for carrier in carriers {
            guard case .header(_, .some(let scheme)) = carrier.place else { return (carrier.takes, text) }
            if let credential = credential(of: text, scheme: scheme) { return (carrier.takes, credential) }
        }
        return nil
    }

    private static func single(_ values: [String]) -> Found {
        guard let value = values.first(where: { !$0.isEmpty }) else { return .absent }
        return values.count == 1 && value.utf8.count <= maximumCredential ? .found(value) : .malformed
    }

    /// Of `scheme 1*SP credential` (RFC 9110 section 11.4) the credential; the scheme is compared without case.
    private static func credential(of value: String, scheme: String) -> String? {
        let bytes = value.utf8
        let name = bytes.prefix { $0 != UInt8(ascii: " ") }
        guard name.elementsEqual(scheme.utf8, by: { lower($0) == lower($1) }) else { return nil }
        let credential = bytes.dropFirst(name.count).drop { $0 == UInt8(ascii: " ") }
        guard !credential.isEmpty, !credential.contains(UInt8(ascii: " ")) else { return nil }
        return String(Substring(credential))
    }

    private static func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
}

extension Carrier.Place {
    /// Whether both look at the same field, whatever the scheme in it.
    func isSameField(as other: Carrier.Place) -> Bool {
        switch (self, other) {
        case (.header(let a, _), .header(let b, _)): a == b
        default: self == other
        }
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
