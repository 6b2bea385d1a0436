import WatchwordCore

extension Carrier {
    /// As a dialect file writes it.
    var canonical: Value {
        var members = [place.canonical]
        if case .header(_, let scheme?) = place {
            members.append(.init(schemeIsOptional ? "scheme_optional" : "scheme", .string(scheme)))
        }
        members.append(.init("takes", .string(takes.rawValue)))
        if let companion {
            let names = companion.names.map { [Value.Member("is", .string($0.rawValue))] } ?? []
            members.append(.init("with", .object([companion.place.canonical] + names)))
        }
        return .object(members)
    }
}

extension Carrier.Place {
    /// Without the scheme of a header.
    fileprivate var canonical: Value.Member {
        switch self {
        case .header(let name, _): .init("header", .string(name))
        case .query(let name): .init("query", .string(name))
        case .cookie(let name): .init("cookie", .string(name))
        case .basic(let part): .init("basic", .string(part.rawValue))
        case .body(let steps): .init("body", .string(steps.joined(separator: ".")))
        }
    }
}
