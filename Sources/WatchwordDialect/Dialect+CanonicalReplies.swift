import WatchwordCore

extension Reply {
    var canonical: Value {
        guard cases.isEmpty else { return .array(cases.map(\.canonical) + [alone]) }
        return alone
    }

    private var alone: Value {
        var members: [Value.Member] = []
        if !conditions.isEmpty { members.append(.init("when", conditions.canonical)) }
        members.append(.init("status", .int(Int64(status))))
        if !headers.isEmpty { members.append(.init("headers", .object(canonicalHeaders))) }
        if !cookies.isEmpty {
            members.append(.init("cookies", .object(cookies.map { .init($0.name, $0.canonical) })))
        }
        if let contentType { members.append(.init("content_type", .string(contentType))) }
        if let body { members.append(.init(isText ? "text" : "body", body.canonical)) }
        return .object(members)
    }

    /// Several fields of one name are a list.
    private var canonicalHeaders: [Value.Member] {
        var names: [String] = []
        for header in headers where !names.contains(header.name) { names.append(header.name) }
        return names.map { name in
            let values = headers.filter { $0.name == name }.map(\.value.canonical)
            return .init(name, values.count == 1 ? values[0] : .array(values))
        }
    }
}

extension ReplyCookie {
    fileprivate var canonical: Value {
        var members: [Value.Member] = []
        if let value {
            members.append(.init("value", value.canonical))
        } else {
            members.append(.init("clear", .bool(true)))
        }
        if let maximumAge { members.append(.init("max_age", maximumAge.canonical)) }
        members.append(.init("http_only", .bool(isHTTPOnly)))
        if let sameSite { members.append(.init("same_site", .string(sameSite.rawValue))) }
        members.append(.init("secure", .string(secure.rawValue)))
        members.append(.init("path", .string(path)))
        if let domain { members.append(.init("domain", .string(domain))) }
        return .object(members)
    }
}

extension Tree {
    /// As a dialect file writes it, without views.
    var canonical: Value {
        switch self {
        case .literal(.string(let text)): .string(Self.escaped(text, isStart: true))
        case .literal(let value): value
        case .slot(let slot, let filters): .string("$" + Self.placeholder(slot, filters))
        case .text(let pieces): .string(Self.text(pieces))
        case .object(let members):
            .object(members.map { .init($0.name.hasPrefix("$") ? "$" + $0.name : $0.name, $0.tree.canonical) })
        case .array(let trees): .array(trees.map(\.canonical))
        case .conditional(let question, let then, let otherwise):
            .object(
                question.canonical + [.init("then", then.canonical)]
                    + (otherwise.map { [.init("else", $0.canonical)] } ?? []))
        case .each(let list, let tree):
            .object([.init("$each", .string("$\(list.rawValue)")), .init("do", tree.canonical)])
        case .group(let list, let by, let take, let tree):
            .object([
                .init("$group", .string("$\(list.rawValue)")), .init("by", .string(String(by.text.dropFirst(3)))),
                .init("take", .string(take.rawValue)), .init("do", tree.canonical),
            ])
        }
    }

    private static func text(_ pieces: [TextPiece]) -> String {
        var text = ""
        for piece in pieces {
            switch piece {
            case .literal(let literal): text += escaped(literal, isStart: text.isEmpty)
            case .slot(let slot, let filters): text += "${\(placeholder(slot, filters))}"
            }
        }
        return text
    }

    private static func placeholder(_ slot: Slot, _ filters: [Filter]) -> String {
        ([slot.text] + filters.map(\.rawValue)).joined(separator: "|")
    }

    /// `text` with its dollar signs doubled where one would start a placeholder.
    static func escaped(_ text: String, isStart: Bool) -> String {
        var result = isStart && text.hasPrefix("$") ? "$$" : ""
        var rest = result.isEmpty ? text[...] : text.dropFirst()
        while let dollar = rest.firstIndex(of: "$") {
            let after = rest[rest.index(after: dollar)...]
            result += rest[..<dollar] + (after.hasPrefix("{") ? "$$" : "$")
            rest = after
        }
        return result + rest
    }
}

extension Question {
    fileprivate var canonical: [Value.Member] {
        switch self {
        case .fact(let slot): [.init("$if", .string("$\(slot.text)"))]
        case .list(let list): [.init("$if", .string("$\(list.rawValue)"))]
        case .isOne(let slot, let values):
            [
                .init("$if", .string("$\(slot.text)")),
                .init("is", values.count == 1 ? values[0] : .array(values)),
            ]
        }
    }
}

extension Slot {
    /// The name in a dialect file, without its dollar sign.
    var text: String {
        switch self {
        case .user(let member): "user.\(member.text)"
        case .access(let member): "access.\(member.rawValue)"
        case .refresh(let member): "refresh.\(member.rawValue)"
        case .ticket(let member): "ticket.\(member.rawValue)"
        case .session(let member): "session.\(member.rawValue)"
        case .apiKey(let member): "api_key.\(member.rawValue)"
        case .agent(let member): "agent.\(member.rawValue)"
        case .paging(let member): member.rawValue
        case .active: "active"
        case .keySet: "keys"
        case .extra(let name): "with.\(name)"
        case .error(let member): "error.\(member.rawValue)"
        case .itemUser(let member): "it.\(member.text)"
        case .itemSession(let member): "it.\(member.rawValue)"
        case .itemAgent(let member): "it.\(member.rawValue)"
        case .itemKey(let member): "it.\(member.rawValue)"
        case .itemProblem(let member): "it.\(member.rawValue)"
        case .request(let member): "request.\(member.rawValue)"
        }
    }
}
