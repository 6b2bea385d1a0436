import WatchwordCore
import WatchwordDialect

/// A request that a route takes, with sample values in every place that it reads.
public struct SampleRequest: Sendable, Equatable {
    public var method: String
    public var path: String
    public var query: [Field] = []
    public var headers: [Field] = []
    public var cookies: [Field] = []
    /// The two halves of `Authorization: Basic`.
    public var basic: (username: String, password: String)?
    public var body = Body.none

    public struct Field: Sendable, Equatable {
        public var name: String
        public var value: String
    }

    public enum Body: Sendable, Equatable {
        case none
        case json(Value)
        case form([Field])
        case multipart([Field])
        case text(String)
    }

    public static func == (left: SampleRequest, right: SampleRequest) -> Bool {
        left.method == right.method && left.path == right.path && left.query == right.query
            && left.headers == right.headers && left.cookies == right.cookies && left.body == right.body
            && left.basic?.username == right.basic?.username && left.basic?.password == right.basic?.password
    }
}

extension SampleRequest {
    /// - Parameters:
    ///   - conditions: of a reply, which the request is to meet besides the route's own.
    ///   - isBare: whether only what the operation needs is given, and no optional input.
    public init(_ route: Route, of dialect: Dialect, meeting conditions: [Condition] = [], isBare: Bool = false) {
        let sample = SampleText(dialect)
        method = route.method
        path = ""
        var fill = Fill(media: route.media)
        for condition in route.conditions + conditions {
            switch condition.test {
            case .isOne(let values): fill.put(values.first ?? .null, at: condition.sources)
            case .present: fill.put(.string("1"), at: condition.sources)
            case .absent: fill.omitted += condition.sources
            }
        }
        let needed = RouteInputs(route, of: dialect)
        for binding in route.bindings where !isBare || needed.isRequired(binding.input) {
            // Of the handles that a sign-in takes, one is given.
            if needed.alternatives.contains(binding.input), needed.alternatives.first != binding.input { continue }
            fill.put(sample.value(binding.input, for: route.operation), at: binding.sources)
        }
        if let carrier = route.carriers?.first { fill.put(carrier) }
        for piece in route.path {
            switch piece {
            case .literal(let text): path += "/" + text
            case .parameter(let name): path += "/" + (fill.parameters[name] ?? sample.id())
            }
        }
        if path.isEmpty { path = "/" }
        (query, headers, cookies, basic) = (fill.query, fill.headers, fill.cookies, fill.basic)
        body = fill.body
    }
}

/// The places of a request, filled one by one; the first value that comes to a place stays.
private struct Fill {
    let media: [MediaType]
    var parameters: [String: String] = [:]
    var query: [SampleRequest.Field] = []
    var headers: [SampleRequest.Field] = []
    var cookies: [SampleRequest.Field] = []
    var basic: (username: String, password: String)?
    var members: [(path: [String], value: Value)] = []
    /// What must not be there.
    var omitted: [InputSource] = []

    init(media: [MediaType]) { self.media = media }

    mutating func put(_ value: Value, at sources: [InputSource]) {
        guard let source = sources.first(where: { !omitted.contains($0) }) else { return }
        let text = value.string ?? JSON.text(value)
        switch source {
        case .body(let path):
            if !members.contains(where: { $0.path == path }) { members.append((path, value)) }
        case .query(let name): Self.add(name, text, to: &query)
        case .header(let name, let scheme):
            Self.add(Self.written(name), scheme.map { "\($0) \(text)" } ?? text, to: &headers)
        case .cookie(let name): Self.add(name, text, to: &cookies)
        case .path(let name): parameters[name] = parameters[name] ?? text
        case .basic(.username): basic = (text, basic?.password ?? "")
        case .basic(.password): basic = (basic?.username ?? "", text)
        case .constant, .socket: break
        }
    }

    mutating func put(_ carrier: Carrier) {
        let text = SampleText.variable(carrier.takes)
        put(text, carrier.place)
        if let companion = carrier.companion { put("$USER", companion.place) }
    }

    private mutating func put(_ text: String, _ place: Carrier.Place) {
        switch place {
        case .header(let name, let scheme):
            Self.add(Self.written(name), scheme.map { "\($0) \(text)" } ?? text, to: &headers)
        case .query(let name): Self.add(name, text, to: &query)
        case .cookie(let name): Self.add(name, text, to: &cookies)
        case .basic(let part): put(.string(text), at: [.basic(part)])
        case .body(let path): put(.string(text), at: [.body(path)])
        }
    }

    private static func add(_ name: String, _ value: String, to fields: inout [SampleRequest.Field]) {
        guard !fields.contains(where: { $0.name == name }) else { return }
        fields.append(SampleRequest.Field(name: name, value: value))
    }

    /// `x-api-key` as people write it.
    static func written(_ name: String) -> String {
        name.split(separator: "-", omittingEmptySubsequences: false)
            .map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: "-")
    }

    var body: SampleRequest.Body {
        guard !members.isEmpty else { return .none }
        let kind = media.contains(.json) ? .json : media.first ?? .json
        let fields = members.map { path, value in
            SampleRequest.Field(name: path.joined(separator: "."), value: value.string ?? JSON.text(value))
        }
        return switch kind {
        case .json: .json(members.reduce(.object([])) { $0.with($1.value, at: $1.path[...]) })
        case .form: .form(fields)
        case .multipart: .multipart(fields)
        case .text: .text(fields.first?.value ?? "")
        }
    }
}

extension Value {
    /// The same object with a value at a path of member names, those on the way made where they are missing.
    func with(_ value: Value, at path: ArraySlice<String>) -> Value {
        guard let name = path.first else { return value }
        var members: [Member] = if case .object(let members) = self { members } else { [] }
        if let index = members.firstIndex(where: { $0.name == name }) {
            members[index].value = members[index].value.with(value, at: path.dropFirst())
        } else {
            members.append(Member(name, Value.object([]).with(value, at: path.dropFirst())))
        }
        return .object(members)
    }
}
