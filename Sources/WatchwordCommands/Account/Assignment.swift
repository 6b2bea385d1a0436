import WatchwordCore
import WatchwordEngine
import WatchwordServer

/// `name=value` as an operator writes it.
struct Assignment {
    var name: String
    var text: String

    init(_ written: String) throws {
        guard let equals = written.firstIndex(of: "="), equals != written.startIndex else {
            throw StartFailure(.usage, "`\(written)` sets nothing", mend: "write name=value")
        }
        name = String(written[..<equals])
        text = String(written[written.index(after: equals)...])
    }

    /// Typed fields by name.
    static func fields(_ written: [String], _ terms: AccountTerms) throws -> [String: Value] {
        var fields: [String: Value] = [:]
        for assignment in try written.map(Assignment.init) {
            guard let field = terms.fields.first(where: { $0.name == assignment.name }) else {
                throw assignment.unknown(among: terms.fields.map(\.name))
            }
            fields[field.name] = try assignment.value(of: field.type)
        }
        return fields
    }

    /// The change of an account that it asks for.
    func change(_ terms: AccountTerms) throws -> AccountChange {
        let absent = text.isEmpty ? nil : text
        switch name {
        case "email": return .email(absent)
        case "username": return .username(absent)
        case "name": return .name(absent)
        case "role": return .role(text)
        case "verified": return .verified(try flag())
        case "usage_count": return .usageCount(try number())
        case "usage_limit": return .usageLimit(absent == nil ? nil : try number())
        default:
            guard let field = terms.fields.first(where: { $0.name == name }) else {
                throw unknown(among: Self.own + terms.fields.map(\.name))
            }
            return .field(name, try value(of: field.type))
        }
    }

    static let own = ["email", "username", "name", "role", "verified", "usage_count", "usage_limit"]

    private func value(of type: FieldType) throws -> Value {
        if text == "null" { return .null }
        switch type {
        case .string: return .string(text)
        case .int: return .int(try number())
        case .bool: return .bool(try flag())
        case .json:
            guard case .success(let value) = JSON.parse(Array(text.utf8)) else { throw wrong("JSON") }
            return value
        }
    }

    private func flag() throws -> Bool {
        switch text {
        case "true": true
        case "false": false
        default: throw wrong("`true` or `false`")
        }
    }

    private func number() throws -> Int64 {
        guard let number = Int64(text) else { throw wrong("a whole number") }
        return number
    }

    private func wrong(_ requirement: String) -> StartFailure {
        StartFailure(.data, "`\(name)` must be \(requirement), not `\(text)`")
    }

    private func unknown(among names: [String]) -> StartFailure {
        StartFailure(
            .data, "an account of this realm has no `\(name)`",
            mend: names.isEmpty ? "its dialect has no fields" : "there are \(names.joined(separator: ", "))")
    }
}
