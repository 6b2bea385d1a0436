import WatchwordCore
import WatchwordDialect

/// All that an operation's cases can answer, by status.
struct OpenAPIResponses {
    let cases: [RouteRehearsal]
    let rehearsal: Rehearsal

    init(_ cases: [RouteRehearsal], in rehearsal: Rehearsal) {
        self.cases = cases
        self.rehearsal = rehearsal
    }

    private struct Response {
        var reasons: [String] = []
        var headers: [(name: String, shape: Shape)] = []
        var contents: [(type: String, shapes: [Shape], example: Value?)] = []
    }

    var members: [Value.Member] {
        var responses: [Int: Response] = [:]
        for each in cases {
            let route = each.route
            for answer in each.granted {
                add(
                    answer.response, answer.reply, ReplyShape(dialect: dialect, operation: route.operation), "granted",
                    to: &responses)
            }
            let refused = each.refused + common(route)
            let shapes = ReplyShape(dialect: dialect, operation: nil)
            for answer in refused {
                add(answer.response, answer.reply, shapes, answer.code.rawValue, to: &responses)
                for reply in answer.reply.cases {
                    add(answer.response(reply, of: dialect), reply, shapes, answer.code.rawValue, to: &responses)
                }
            }
        }
        return responses.sorted { $0.key < $1.key }.map { .init(String($0.key), object($0.value)) }
    }

    private var dialect: Dialect { rehearsal.dialect }

    /// What a route can meet whatever it does, in its own words where it has some.
    private func common(_ route: Route) -> [RefusalAnswer] {
        let hasParameters = route.path.contains { if case .parameter = $0 { true } else { false } }
        return Refusals.everywhere.filter { code in
            switch code {
            // A request that meets these is not one of this operation, or was told of already.
            case .methodNotAllowed, .badJSON, .unsupportedMedia, .unmatchedCase: false
            case .notFound: hasParameters
            default: true
            }
        }.compactMap { RefusalAnswer($0, on: route, of: dialect, baseURL: rehearsal.baseURL) }
    }

    private func add(
        _ response: WireResponse, _ reply: Reply, _ shapes: ReplyShape, _ reason: String,
        to responses: inout [Int: Response]
    ) {
        var known = responses[response.status] ?? Response()
        if !known.reasons.contains(reason) { known.reasons.append(reason) }
        for header in reply.headers where header.name.lowercased() != "content-type" {
            let shape = Self.text(shapes.shape(header.value).withoutNull)
            if !known.headers.contains(where: { $0.name.lowercased() == header.name.lowercased() }) {
                known.headers.append((header.name, shape))
            }
        }
        for name in ["Retry-After", "Allow"] where response.header(name.lowercased()) != nil {
            if !known.headers.contains(where: { $0.name.lowercased() == name.lowercased() }) {
                known.headers.append((name, .scalar(.string)))
            }
        }
        if !reply.cookies.isEmpty, !known.headers.contains(where: { $0.name == "Set-Cookie" }) {
            known.headers.append(("Set-Cookie", .scalar(.string)))
        }
        if let body = reply.body {
            let type = response.header("content-type") ?? dialect.contentType
            let shape = reply.isText ? Shape.scalar(.string) : shapes.shape(body)
            if let index = known.contents.firstIndex(where: { $0.type == type }) {
                if !known.contents[index].shapes.contains(shape) { known.contents[index].shapes.append(shape) }
            } else {
                let example = try? JSON.parse(response.body).get()
                known.contents.append((type, [shape], example))
            }
        }
        responses[response.status] = known
    }

    /// A header field holds text, or an integer in digits.
    private static func text(_ shape: Shape) -> Shape { shape == .scalar(.integer) ? shape : .scalar(.string) }

    private func object(_ response: Response) -> Value {
        var members: [Value.Member] = [.init("description", .string(response.reasons.joined(separator: ", ")))]
        if !response.headers.isEmpty {
            members.append(
                .init(
                    "headers",
                    .object(response.headers.map { .init($0.name, .object([.init("schema", $0.shape.schema)])) })))
        }
        if !response.contents.isEmpty {
            members.append(
                .init(
                    "content",
                    .object(
                        response.contents.map { content in
                            let schema = Value.Member("schema", Shape.anyOf(content.shapes).schema)
                            let example = content.example.map { [Value.Member("example", $0)] } ?? []
                            return .init(content.type, .object([schema] + example))
                        })))
        }
        return .object(members)
    }
}
