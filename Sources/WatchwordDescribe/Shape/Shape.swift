import WatchwordCore

/// What kinds of JSON a place can hold: a tree's type, as OpenAPI writes it and as two dialects are compared by it.
public indirect enum Shape: Sendable, Hashable {
    case any
    case null
    case constant(Value)
    case scalar(Scalar)
    /// These members and no others.
    case object([ShapeMember])
    /// Members whose names are not known before.
    case map(Shape)
    case array(Shape)
    /// As many items as there are shapes.
    case tuple([Shape])
    /// One of several, at least two, none of which is a union.
    case union([Shape])

    public enum Scalar: String, Sendable, Hashable {
        case string, integer, number, boolean
        /// A text of RFC 3339 section 5.6.
        case moment

        var type: String { self == .moment ? "string" : rawValue }
    }

    /// Any of several, each once.
    static func anyOf(_ shapes: [Shape]) -> Shape {
        var kinds: [Shape] = []
        for shape in shapes {
            for kind in shape.kinds where !kinds.contains(kind) { kinds.append(kind) }
        }
        if kinds.contains(.any) { return .any }
        return kinds.count == 1 ? kinds[0] : .union(kinds)
    }

    var kinds: [Shape] { if case .union(let shapes) = self { shapes } else { [self] } }

    var orNull: Shape { Shape.anyOf([self, .null]) }
    var withoutNull: Shape {
        let rest = kinds.filter { $0 != .null && $0 != .constant(.null) }
        return rest.isEmpty ? self : Shape.anyOf(rest)
    }

    /// The words for it that a reader of a comparison knows.
    var words: String {
        switch self {
        case .any: "anything"
        case .null: "null"
        case .constant(let value): "`\(JSON.text(value))`"
        case .scalar(.moment): "a moment as text"
        case .scalar(let scalar): scalar == .integer ? "an integer" : "a \(scalar.rawValue)"
        case .object, .map: "an object"
        case .array, .tuple: "a list"
        case .union(let shapes): shapes.map(\.words).joined(separator: " or ")
        }
    }
}

public struct ShapeMember: Sendable, Hashable {
    public var name: String
    public var shape: Shape
    /// Whether it may be left out.
    public var isOptional: Bool
}

extension Shape {
    /// As JSON Schema 2020-12 writes it.
    var schema: Value {
        switch self {
        case .any: .object([])
        case .null: .object([.init("type", .string("null"))])
        case .constant(let value): .object([.init("const", value)])
        case .scalar(.moment):
            .object([.init("type", .string("string")), .init("format", .string("date-time"))])
        case .scalar(let scalar): .object([.init("type", .string(scalar.type))])
        case .object(let members): Self.closed(members)
        case .map(let shape):
            .object([.init("type", .string("object")), .init("additionalProperties", shape.schema)])
        case .array(let shape): .object([.init("type", .string("array")), .init("items", shape.schema)])
        case .tuple(let shapes): Self.tuple(shapes)
        case .union(let shapes):
            if shapes.count == 2, shapes[1] == .null, case .scalar(let scalar) = shapes[0], scalar != .moment {
                .object([.init("type", .array([.string(scalar.type), .string("null")]))])
            } else {
                .object([.init("anyOf", .array(shapes.map(\.schema)))])
            }
        }
    }

    private static func closed(_ members: [ShapeMember]) -> Value {
        var schema: [Value.Member] = [.init("type", .string("object"))]
        if !members.isEmpty {
            schema.append(.init("properties", .object(members.map { .init($0.name, $0.shape.schema) })))
        }
        let required = members.filter { !$0.isOptional }.map { Value.string($0.name) }
        if !required.isEmpty { schema.append(.init("required", .array(required))) }
        return .object(schema + [.init("additionalProperties", .bool(false))])
    }

    private static func tuple(_ shapes: [Shape]) -> Value {
        let count = Value.Member("minItems", .int(Int64(shapes.count)))
        let most = Value.Member("maxItems", .int(Int64(shapes.count)))
        let type = Value.Member("type", .string("array"))
        guard !shapes.isEmpty else { return .object([type, most]) }
        // Not `prefixItems`: of the readers of OpenAPI, too many take it for what `items` was before 2020.
        return .object([type, .init("items", Shape.anyOf(shapes).schema), count, most])
    }
}
