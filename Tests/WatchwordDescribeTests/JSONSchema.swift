import Testing
import WatchwordCore

/// A reader of JSON Schema 2020-12, of as much as our documents use: a keyword that it does not know is a mistake.
struct JSONSchema {
    let root: Value

    /// What of `value` a schema does not allow, each with its place.
    func mistakes(_ value: Value, _ schema: Value, at place: String = "$") -> [String] {
        guard case .object(let keywords) = schema else { return ["\(place): the schema is no object"] }
        return keywords.flatMap { mistakes(value, $0, schema, place) }
    }

    private func allows(_ value: Value, _ schema: Value) -> Bool { mistakes(value, schema).isEmpty }

    private func mistakes(_ value: Value, _ keyword: Value.Member, _ schema: Value, _ place: String) -> [String] {
        let told = { (isFine: Bool) in isFine ? [] : ["\(place): \(keyword.name) \(JSON.text(keyword.value))"] }
        let wanted = keyword.value
        switch keyword.name {
        case "title", "description", "example", "default", "$schema", "$defs": return []
        case "then": return []
        case "$ref":
            let steps = wanted.string?.split(separator: "/").dropFirst().map(String.init) ?? []
            let target = steps.reduce(Optional(root)) { $0?[$1] }
            return target.map { mistakes(value, $0, at: place) } ?? ["\(place): no \(JSON.text(wanted))"]
        case "const": return told(value == wanted)
        case "enum": return told(Self.items(wanted).contains(value))
        case "type":
            return told((wanted.string.map { [.string($0)] } ?? Self.items(wanted)).contains { Self.isOf($0, value) })
        case "anyOf": return told(Self.items(wanted).contains { allows(value, $0) })
        case "allOf": return Self.items(wanted).flatMap { mistakes(value, $0, at: place) }
        case "not": return told(!allows(value, wanted))
        case "if":
            guard allows(value, wanted), let then = schema["then"] else { return [] }
            return mistakes(value, then, at: place)
        case "pattern", "format", "minLength", "maxLength":
            guard let text = value.string else { return [] }
            return told(Self.fits(text, keyword))
        case "minimum": return told(value.int.map { $0 >= wanted.int ?? .min } ?? true)
        case "maximum": return told(value.int.map { $0 <= wanted.int ?? .max } ?? true)
        case "items", "minItems", "maxItems":
            guard case .array(let items) = value else { return [] }
            switch keyword.name {
            case "minItems": return told(items.count >= wanted.int ?? 0)
            case "maxItems": return told(items.count <= wanted.int ?? 0)
            default: return items.enumerated().flatMap { mistakes($1, wanted, at: "\(place)[\($0)]") }
            }
        default: return memberMistakes(value, keyword, schema, place)
        }
    }

    private func memberMistakes(_ value: Value, _ keyword: Value.Member, _ schema: Value, _ place: String) -> [String] {
        guard ["properties", "required", "additionalProperties", "propertyNames"].contains(keyword.name) else {
            return ["\(place): the keyword \(keyword.name) is not known"]
        }
        guard case .object(let members) = value else { return [] }
        let wanted = keyword.value
        switch keyword.name {
        case "properties":
            return members.flatMap { member in
                wanted[member.name].map { mistakes(member.value, $0, at: "\(place).\(member.name)") } ?? []
            }
        case "required":
            return Self.items(wanted).compactMap(\.string).filter { value[$0] == nil }.map {
                "\(place).\($0): required"
            }
        case "propertyNames": return members.flatMap { mistakes(.string($0.name), wanted, at: "\(place).\($0.name)") }
        default:
            return members.filter { schema["properties"]?[$0.name] == nil }.flatMap { member in
                wanted.bool.map { $0 ? [] : ["\(place).\(member.name): one too many"] }
                    ?? mistakes(member.value, wanted, at: "\(place).\(member.name)")
            }
        }
    }

    private static func items(_ value: Value) -> [Value] { if case .array(let items) = value { items } else { [] } }

    private static func isOf(_ type: Value, _ value: Value) -> Bool {
        value.typeName == type.string || type == .string("number") && value.int != nil
    }

    private static func fits(_ text: String, _ keyword: Value.Member) -> Bool {
        switch (keyword.name, keyword.value) {
        case ("minLength", .int(let count)): text.unicodeScalars.count >= count
        case ("maxLength", .int(let count)): text.unicodeScalars.count <= count
        case ("pattern", .string(let pattern)): (try? Regex(pattern).firstMatch(in: text)) ?? nil != nil
        case ("format", .string("email")): Identifier.isEmail(text)
        case ("format", .string("date-time")): text.contains("T") && Timestamp(reading: text) != nil
        default: false
        }
    }
}

@Suite("Our reader of JSON Schema")
struct JSONSchemaTests {
    @Test(
        "tells what a schema does not allow",
        arguments: [
            (#"{"type": "string"}"#, "1"), (#"{"type": ["integer", "null"]}"#, "true"), (#"{"const": "a"}"#, #""b""#),
            (#"{"enum": [1, 2]}"#, "3"), (#"{"required": ["a"]}"#, "{}"),
            (#"{"additionalProperties": false}"#, #"{"a": 1}"#),
            (#"{"properties": {"a": {"type": "null"}}}"#, #"{"a": 1}"#), (#"{"items": {"type": "string"}}"#, "[1]"),
            (#"{"maxItems": 1}"#, "[1, 2]"), (#"{"minItems": 1}"#, "[]"),
            (#"{"anyOf": [{"const": 1}, {"const": 2}]}"#, "3"),
            (#"{"not": {"type": "null"}}"#, "null"), (#"{"pattern": "^a$"}"#, #""b""#), (#"{"minimum": 2}"#, "1"),
            (#"{"if": {"required": ["a"]}, "then": {"required": ["b"]}}"#, #"{"a": 1}"#), (#"{"unheard": 1}"#, "1"),
            (##"{"$ref": "#/nowhere"}"##, "1"), (#"{"format": "date-time"}"#, #""2026-01-01""#),
            (#"{"maxLength": 1}"#, #""ab""#),
            (#"{"propertyNames": {"enum": ["a"]}}"#, #"{"b": 1}"#),
            (#"{"additionalProperties": {"type": "null"}}"#, #"{"a": 1}"#),
        ])
    func told(_ schema: String, _ value: String) throws {
        let schema = try JSON.parse(schema.utf8).get()
        #expect(!JSONSchema(root: schema).mistakes(try JSON.parse(value.utf8).get(), schema).isEmpty)
    }
}
