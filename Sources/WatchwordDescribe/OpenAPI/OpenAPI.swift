import WatchwordCore
import WatchwordDialect

/// A dialect as an OpenAPI 3.1 document: every route, what it reads, and all that it can answer.
public struct OpenAPI: Sendable {
    let rehearsal: Rehearsal
    var dialect: Dialect { rehearsal.dialect }

    public init(_ dialect: Dialect, baseURL: String) { rehearsal = Rehearsal(dialect, baseURL: baseURL) }

    public var document: Value {
        var info: [Value.Member] = [
            .init("title", .string(dialect.name)),
            .init("version", .string(dialect.version.isEmpty ? "1" : dialect.version)),
        ]
        if !dialect.summary.isEmpty { info.append(.init("summary", .string(dialect.summary))) }
        var members: [Value.Member] = [
            .init("openapi", .string("3.1.0")), .init("info", .object(info)),
            .init("servers", .array([.object([.init("url", .string(rehearsal.baseURL))])])),
            .init("tags", .array(tags)), .init("paths", .object(paths)),
        ]
        let schemes = SecuritySchemes(dialect.routes).components
        if !schemes.isEmpty {
            members.append(.init("components", .object([.init("securitySchemes", .object(schemes))])))
        }
        if let sockets = OpenAPISockets(rehearsals: rehearsal.sockets).object {
            members.append(.init("x-sockets", sockets))
        }
        return .object(members)
    }

    private var tags: [Value] {
        RouteTopic.allCases.filter { topic in dialect.routes.contains { RouteTopic($0.operation) == topic } }
            .map { .object([.init("name", .string($0.rawValue))]) }
    }

    /// Routes of one path stand together, and those of one method are the cases of one operation.
    private var paths: [Value.Member] {
        var paths: [(name: String, methods: [(name: String, cases: [RouteRehearsal])])] = []
        for route in rehearsal.routes where Self.methods.contains(route.route.method) {
            let path = paths.firstIndex { $0.name == route.route.pathText } ?? paths.count
            if path == paths.count { paths.append((route.route.pathText, [])) }
            if let method = paths[path].methods.firstIndex(where: { $0.name == route.route.method }) {
                paths[path].methods[method].cases.append(route)
            } else {
                paths[path].methods.append((route.route.method, [route]))
            }
        }
        return paths.map { path in
            .init(
                path.name,
                .object(
                    path.methods.map {
                        .init($0.name.lowercased(), OpenAPIOperation($0.cases, in: rehearsal).object)
                    }))
        }
    }

    /// Those that a path item of OpenAPI 3.1 knows.
    static let methods = ["GET", "PUT", "POST", "DELETE", "PATCH", "TRACE"]
}
