import WatchwordCore

/// What a request holds where the route's carriers look.
public enum CarriedCredentials: Sendable, Equatable {
    case none
    /// In the order of the carriers; each must prove good (a bad one is never passed over for the next).
    case presented([PresentedCredential])
    /// A field is repeated, oversized, of no scheme that the route takes, or without the field that must be beside it.
    case malformed
}

extension CompiledRoute {
    /// Longest credential read, in bytes; the longest token we issue is far shorter.
    static var maximumCredential: Int { 8_192 }

    /// The credentials of a request, by the route's carriers; `.none` where the route has none.
    ///
    /// A field that is there counts, whatever is in it: one of another scheme is malformed even beside a good key,
    /// since a credential that fails must fail the request. An empty field counts as absent.
    public func credentials(in contents: inout RequestContents) -> CarriedCredentials {
        var presented: [PresentedCredential] = []
        for field in carried {
            switch contents.text(at: field.place, route.media) {
            case .absent: continue
            case .malformed: return .malformed
            case .found(let text):
                guard let credential = field.credential(of: text, route.media, &contents) else { return .malformed }
                presented.append(credential)
            }
        }
        return presented.isEmpty ? .none : .presented(presented)
    }

    /// The same of a request that nothing else was read of.
    public func credentials(in request: WireRequest) -> CarriedCredentials {
        var contents = RequestContents(request)
        return credentials(in: &contents)
    }
}

/// A field of the request, and the carriers that look into it.
struct CarrierField: Sendable {
    var place: Carrier.Place
    /// Looked at by their schemes, in order.
    var carriers: [Carrier]

    static func fields(of carriers: [Carrier]) -> [CarrierField] {
        var fields: [CarrierField] = []
        for carrier in carriers {
            if let known = fields.firstIndex(where: { $0.place.isSameField(as: carrier.place) }) {
                fields[known].carriers.append(carrier)
            } else {
                fields.append(CarrierField(place: carrier.place, carriers: [carrier]))
            }
        }
        return fields
    }

    /// The credential in the field's text, by the first carrier that can read it. What others read as the same
    /// credential of another kind it may be as well; as a password only beside its owner's name, which then holds
    /// for all it may be.
    fileprivate func credential(
        of text: String, _ media: [MediaType], _ contents: inout RequestContents
    ) -> PresentedCredential? {
        var found: (credential: PresentedCredential, companion: Carrier.Companion?)?
        for carrier in carriers {
            guard let credential = carrier.credential(in: text).map({ Secret($0) }) else { continue }
            guard let first = found else {
                found = (PresentedCredential(kind: carrier.takes, text: credential), carrier.companion)
                continue
            }
            let isKnown = first.credential.kind == carrier.takes || first.credential.otherKinds.contains(carrier.takes)
            let isNamed = carrier.takes == .password && first.companion == nil
            if first.credential.text == credential, first.companion == carrier.companion || isNamed, !isKnown {
                found?.credential.otherKinds.append(carrier.takes)
                found?.companion = carrier.companion
            }
        }
        guard var credential = found?.credential else { return nil }
        if let companion = found?.companion {
            guard case .found(let text) = contents.text(at: companion.place, media),
                let name = companion.place.credential(in: text, isOptional: false)
            else { return nil }
            credential.owner = PresentedCredential.Owner(companion.names, name)
        }
        return credential
    }
}

private enum FieldText {
    case absent, malformed
    case found(String)

    static func single(_ values: [String]) -> FieldText {
        guard let value = values.first(where: { !$0.isEmpty }) else { return .absent }
        return values.count == 1 && value.utf8.count <= CompiledRoute.maximumCredential ? .found(value) : .malformed
    }
}

extension RequestContents {
    fileprivate mutating func text(at place: Carrier.Place, _ media: [MediaType]) -> FieldText {
        switch place {
        case .header(let name, _): return header(name)
        case .basic: return header("authorization")
        case .query(let name):
            guard let fields = query() else { return .absent }
            let values = fields.values(of: name)
            guard !fields.overflows, values.allSatisfy({ $0 != nil }) else { return .malformed }
            return .single(values.compactMap(\.self))
        case .cookie(let name): return .single(Cookies.values(of: name, in: request))
        case .body(let path):
            // A body that cannot be read holds none; what is wrong with it is told when the inputs are bound.
            let media = media.isEmpty ? [.json, .form] : media
            guard case .granted(let body) = body(taking: media) else { return .absent }
            switch body.value(at: path) {
            case .absent, .found(.null): return .absent
            case .found(.string(let text)): return .single([text])
            case .found, .refused: return .malformed
            }
        }
    }

    private func header(_ name: String) -> FieldText {
        var found: String?
        for header in request.headers where header.name == name && !header.value.isEmpty {
            guard found == nil else { return .malformed }
            found = header.value
        }
        guard let found else { return .absent }
        return found.utf8.count <= CompiledRoute.maximumCredential ? .found(found) : .malformed
    }
}

extension Carrier {
    fileprivate func credential(in text: String) -> String? {
        place.credential(in: text, isOptional: schemeIsOptional)
    }
}

extension Carrier.Place {
    /// Whether both look at the same field, whatever the scheme in it.
    func isSameField(as other: Carrier.Place) -> Bool {
        switch (self, other) {
        case (.header(let a, _), .header(let b, _)): a == b
        case (.basic, .basic): true
        case (.basic, .header(let name, _)), (.header(let name, _), .basic): name == "authorization"
        default: self == other
        }
    }

    /// What of the field's text is the credential; nothing if it is not of this place's scheme.
    fileprivate func credential(in text: String, isOptional: Bool) -> String? {
        switch self {
        case .header(_, let scheme?):
            if let credential = AuthorizationField.credential(in: text, scheme: scheme) { return credential }
            return isOptional && !text.utf8.contains(UInt8(ascii: " ")) ? text : nil
        case .basic(let part):
            guard let credential = AuthorizationField.basic(text)?[part], !credential.isEmpty else { return nil }
            return credential
        case .header(_, nil), .query, .cookie, .body: return text
        }
    }
}

/// The Cookie field of RFC 6265 section 4.2.
enum Cookies {
    static func values(of name: String, in request: WireRequest) -> [String] {
        var values: [String] = []
        for header in request.headers where header.name == "cookie" {
            // By bytes: a mark that joins the sign before it to one character must not hide it.
            for pair in header.value.utf8.split(separator: UInt8(ascii: ";")) {
                let text = Identifier.trimmed(String(Substring(pair)))
                guard let split = text.utf8.firstIndex(of: UInt8(ascii: "=")),
                    text.utf8[..<split].elementsEqual(name.utf8)
                else { continue }
                values.append(String(text[text.utf8.index(after: split)...]))
            }
        }
        return values
    }
}
