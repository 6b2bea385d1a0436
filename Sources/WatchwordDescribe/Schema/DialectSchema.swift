import WatchwordCore
import WatchwordDialect

/// The JSON Schema (2020-12) of dialect files, made from the tables that the loader reads by, so that an editor
/// completes what the loader takes. It knows keys and forms; what goes with what only the loader checks.
public enum DialectSchema {
    public static let document: Value = {
        var definitions: [Value.Member] = []
        let file = object(Language.file, &definitions)
        definitions.append(.init("tree", tree))
        definitions.append(.init("source", source(&definitions)))
        definitions.append(.init("conditions", conditions(&definitions)))
        definitions.sort { $0.name < $1.name }
        guard case .object(var members) = file else { return file }
        // A file that extends another need not repeat what is there.
        if let index = members.firstIndex(where: { $0.name == "required" }) {
            let required = members.remove(at: index)
            members += [
                .init("if", .object([.init("not", .object([.init("required", .array([.string("extends")]))]))])),
                .init("then", .object([required])),
            ]
        }
        return .object(
            [
                .init("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
                .init("title", .string("A Watchword dialect")),
            ] + members + [.init("$defs", .object(definitions))])
    }()

    private typealias Definitions = [Value.Member]

    private static func reference(_ name: String) -> Value { .object([.init("$ref", .string("#/$defs/\(name)"))]) }

    private static func described(_ key: LanguageKey, _ schema: Value) -> Value {
        guard case .object(let members) = schema else { return schema }
        var text = key.meaning + "."
        if let standing = key.standing { text += " `\(standing)` if not written." }
        return .object([.init("description", .string(text))] + members)
    }

    private static func object(_ table: LanguageTable, _ definitions: inout Definitions) -> Value {
        var members: [Value.Member] = [.init("type", .string("object"))]
        members.append(
            .init(
                "properties",
                .object(table.keys.map { .init($0.name, described($0, schema($0.form, &definitions))) })))
        let required = table.keys.filter(\.isRequired).map { Value.string($0.name) }
        if !required.isEmpty { members.append(.init("required", .array(required))) }
        return .object(members + [.init("additionalProperties", .bool(false))])
    }

    private static func schema(_ form: LanguageForm, _ definitions: inout Definitions) -> Value {
        switch form {
        case .text: return type("string")
        case .name: return pattern("^[A-Za-z0-9._-]{1,64}$")
        case .variable: return pattern("^[A-Za-z_][A-Za-z0-9_]*$")
        case .integer(let range):
            return .object([
                .init("type", .string("integer")), .init("minimum", .int(range.lowerBound)),
                .init("maximum", .int(range.upperBound)),
            ])
        case .flag: return anyOf([type("boolean"), setting])
        case .lifetime(let orNever): return pattern("^([0-9]+[smhd]|\\$[A-Za-z0-9._-]+\(orNever ? "|never" : ""))$")
        case .date: return pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}")
        case .choice(let words): return .object([.init("enum", .array(words.map(Value.string)))])
        case .literal: return .object([])
        case .tree, .claims: return reference("tree")
        case .source: return reference("source")
        case .conditions: return reference("conditions")
        case .table(let table): return definition(table, &definitions)
        case .map(let form, let noun):
            var members: [Value.Member] = [
                .init("type", .string("object")), .init("additionalProperties", schema(form, &definitions)),
            ]
            if noun.hasPrefix("METHOD ") { members.append(.init("propertyNames", pattern("^[A-Z]+ /"))) }
            if noun == "path" { members.append(.init("propertyNames", pattern("^/"))) }
            return .object(members)
        case .choices(let form, let names):
            let value = schema(form, &definitions)
            return .object([
                .init("type", .string("object")), .init("properties", .object(names.map { .init($0, value) })),
                .init("additionalProperties", .bool(false)),
            ])
        case .oneOrMore(let form):
            let one = schema(form, &definitions)
            return anyOf([one, .object([.init("type", .string("array")), .init("items", one)])])
        case .either(let forms): return anyOf(forms.map { schema($0, &definitions) })
        }
    }

    private static func definition(_ table: LanguageTable, _ definitions: inout Definitions) -> Value {
        let words = table.place.replacing("*", with: "each").split { !$0.isLetter && $0 != "_" }
        let name = words.joined(separator: "-")
        if !definitions.contains(where: { $0.name == name }) {
            definitions.append(.init(name, .null))
            let made = object(table, &definitions)
            if let index = definitions.firstIndex(where: { $0.name == name }) { definitions[index].value = made }
        }
        return reference(name)
    }

    // MARK: What is no table

    private static func type(_ name: String) -> Value { .object([.init("type", .string(name))]) }
    private static func pattern(_ text: String) -> Value {
        .object([.init("type", .string("string")), .init("pattern", .string(text))])
    }
    private static func anyOf(_ schemas: [Value]) -> Value {
        var kinds: [Value] = []
        for schema in schemas where !kinds.contains(schema) { kinds.append(schema) }
        return kinds.count == 1 ? kinds[0] : .object([.init("anyOf", .array(kinds))])
    }

    /// A value that is a setting's.
    private static let setting = pattern("^\\$[A-Za-z0-9._-]+$")
    private static let scalar = Value.object([
        .init("type", .array(["string", "number", "boolean", "null"].map(Value.string)))
    ])

    /// A reply tree: any data, in which directives have their members.
    private static let tree: Value = {
        func directive(_ name: String, _ required: [String], _ others: [String] = []) -> Value {
            let known = [name] + required + others
            return .object([
                .init("if", .object([.init("required", .array([.string(name)]))])),
                .init(
                    "then",
                    .object([
                        .init("required", .array(required.map(Value.string))),
                        .init("propertyNames", .object([.init("enum", .array(known.map(Value.string)))])),
                    ])),
            ])
        }
        return .object([
            .init("description", .string("Data with places for facts: `$user.email`, `\"Hello ${user.name}\"`.")),
            .init(
                "anyOf",
                .array([
                    scalar,
                    .object([.init("type", .string("array")), .init("items", reference("tree"))]),
                    .object([
                        .init("type", .string("object")), .init("additionalProperties", reference("tree")),
                        .init(
                            "allOf",
                            .array([
                                directive("$view", []), directive("$if", ["then"], ["else", "is"]),
                                directive("$each", ["do"]), directive("$group", ["by", "do"], ["take"]),
                            ])),
                    ]),
                ])),
        ])
    }()

    private static func source(_ definitions: inout Definitions) -> Value {
        anyOf([
            .object([
                .init("type", .string("string")),
                .init(
                    "description",
                    .string(
                        "A member of the body by its dotted path, or `query.NAME`, `header.NAME`, `cookie.NAME`, "
                            + "`path.NAME`, `basic.username`, `basic.password`.")),
            ]),
            definition(Language.source, &definitions),
        ])
    }

    private static func conditions(_ definitions: inout Definitions) -> Value {
        let presence = definition(Language.presence, &definitions)
        let list = Value.object([.init("type", .string("array")), .init("items", scalar)])
        return .object([
            .init("type", .string("object")), .init("additionalProperties", anyOf([scalar, list, presence])),
        ])
    }
}
