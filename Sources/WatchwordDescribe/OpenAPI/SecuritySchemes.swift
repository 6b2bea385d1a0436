import WatchwordCore
import WatchwordDialect

/// The places of credentials as security schemes, each place once.
struct SecuritySchemes {
    private(set) var components: [Value.Member] = []

    init(_ routes: [Route]) {
        for place in routes.flatMap(Self.places) {
            guard let (name, scheme) = Self.scheme(place), !components.contains(where: { $0.name == name }) else {
                continue
            }
            components.append(.init(name, scheme))
        }
    }

    /// What a route takes: names that are needed together, in alternatives.
    static func alternatives(_ route: Route) -> [[String]] {
        var alternatives: [[String]] = []
        for carrier in route.carriers ?? [] {
            let places = [carrier.place] + (carrier.companion.map { [$0.place] } ?? [])
            let names = places.compactMap { scheme($0)?.name }
            if !names.isEmpty, !alternatives.contains(names) { alternatives.append(names) }
        }
        // An input that is read from where a document knows only credentials.
        let inputs = inputPlaces(route).compactMap { scheme($0)?.name }
        if alternatives.isEmpty, let input = inputs.first { return [[input]] }
        return alternatives
    }

    private static func places(_ route: Route) -> [Carrier.Place] {
        (route.carriers ?? []).flatMap { [$0.place] + ($0.companion.map { [$0.place] } ?? []) } + inputPlaces(route)
    }

    private static func inputPlaces(_ route: Route) -> [Carrier.Place] {
        route.bindings.flatMap(\.sources).compactMap { source in
            switch source {
            case .header("authorization", let scheme): .header("authorization", scheme: scheme)
            case .basic(let part): .basic(part)
            default: nil
            }
        }
    }

    private static func scheme(_ place: Carrier.Place) -> (name: String, scheme: Value)? {
        func key(_ name: String, in where: String, _ note: String? = nil) -> Value {
            var members: [Value.Member] = [
                .init("type", .string("apiKey")), .init("in", .string(`where`)), .init("name", .string(name)),
            ]
            if let note { members.append(.init("description", .string(note))) }
            return .object(members)
        }
        func http(_ scheme: String) -> Value {
            .object([.init("type", .string("http")), .init("scheme", .string(scheme))])
        }
        switch place {
        case .header("authorization", let scheme?) where scheme.lowercased() == "bearer":
            return ("bearer", http("bearer"))
        case .header(let name, let scheme?):
            return (word("\(name)_\(scheme)"), key(name, in: "header", "Written `\(scheme) CREDENTIAL`."))
        case .header(let name, nil): return (word(name), key(name, in: "header"))
        case .query(let name): return (word("query_\(name)"), key(name, in: "query"))
        case .cookie(let name): return (word("cookie_\(name)"), key(name, in: "cookie"))
        case .basic: return ("basic", http("basic"))
        case .body: return nil
        }
    }

    private static func word(_ text: String) -> String {
        String(text.map { $0.isLetter || $0.isNumber ? $0 : "_" })
    }
}
