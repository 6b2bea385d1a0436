import WatchwordCore

/// What a reply said, by the slots its tree names: the client's side of the same description.
public struct ParsedReply: Sendable, Equatable {
    public var status: Int
    /// The refusal that it words; nothing for what was granted.
    public var refused: RefusalCode?
    public var values: [Slot: Value] = [:]
    /// Of each list, the values of each item.
    public var lists: [List: [[Slot: Value]]] = [:]
}

extension CompiledDialect {
    /// What a response to a request of this route said; nothing if it is none that the dialect writes.
    ///
    /// A slot's value is as it was written: a time is a text or a number by its filter. Refusals that share
    /// their words cannot be told apart; the one with the words of its own is given, `error` last.
    public func parse(_ response: WireResponse, route: CompiledRoute) -> ParsedReply? {
        if let granted = route.parse(response) { return granted }
        for code in RefusalCode.allCases.filter({ $0 != .error }) + [.error] {
            guard let reply = route.route.errors[code] ?? dialect.errors[code] else { continue }
            for words in reply.cases + [reply] {
                if let parsed = words.parse(response, status: words.status, refused: code) { return parsed }
            }
        }
        for code in RefusalCode.allCases {
            guard let mapping = dialect.mapping(of: code, on: route.route), mapping.status == response.status
            else { continue }
            if let parsed = mapping.reply.parse(response, status: mapping.status, refused: code) { return parsed }
        }
        return nil
    }
}

extension CompiledRoute {
    /// The facts of a granted answer; nothing if its status or body is not what this route answers.
    public func parse(_ response: WireResponse) -> ParsedReply? {
        for reply in route.replies {
            if let parsed = reply.parse(response, status: reply.status, refused: nil) { return parsed }
        }
        return nil
    }
}

extension Reply {
    func parse(_ response: WireResponse, status: Int, refused: RefusalCode?) -> ParsedReply? {
        guard response.status == status else { return nil }
        var facts = ReadFacts()
        for header in headers {
            guard let text = response.header(header.name.lowercased()) else { continue }
            guard read(header, text, into: &facts) else { return nil }
        }
        for cookie in cookies {
            guard let tree = cookie.value, let text = response.cookie(cookie.name) else { continue }
            guard tree.read(.string(text), into: &facts) else { return nil }
        }
        if isText, let body {
            guard let text = String(validating: response.body, as: UTF8.self), body.read(.string(text), into: &facts)
            else { return nil }
        } else if let body {
            guard case .success(let value) = JSON.parse(response.body), body.read(value, into: &facts) else {
                return nil
            }
        } else if !response.body.isEmpty {
            return nil
        }
        return ParsedReply(status: status, refused: refused, values: facts.values, lists: facts.lists)
    }
}

extension Reply {
    /// In a Location facts were percent-encoded.
    private func read(_ header: ReplyHeader, _ text: String, into facts: inout ReadFacts) -> Bool {
        guard header.name.lowercased() == "location" else { return header.value.read(.string(text), into: &facts) }
        var found = ReadFacts()
        guard header.value.read(.string(text), into: &found) else { return false }
        for (slot, value) in found.values {
            let decoded = value.string.flatMap { PercentCoding.decode($0.utf8, plusIsSpace: false) }
            facts.values[slot] =
                slot.isURL && header.value.begins(with: slot) ? value : decoded.map(Value.string) ?? value
        }
        return true
    }
}

extension Tree {
    /// Whether the text that it writes can begin with this fact.
    fileprivate func begins(with slot: Slot) -> Bool {
        switch self {
        case .slot(let first, _): first == slot
        case .text(let pieces): if case .slot(slot, _)? = pieces.first { true } else { false }
        case .conditional(_, let then, let otherwise):
            then.begins(with: slot) || otherwise?.begins(with: slot) ?? false
        case .literal, .object, .array, .each, .group: false
        }
    }
}

extension WireResponse {
    /// The value of a cookie that it sets, decoded; nothing where it sets none of that name.
    fileprivate func cookie(_ name: String) -> String? {
        for header in headers where header.name.lowercased() == "set-cookie" {
            let pair = header.value.prefix { $0 != ";" }
            guard let split = pair.firstIndex(of: "="), pair[..<split] == name else { continue }
            return PercentCoding.decode(pair[pair.index(after: split)...].utf8, plusIsSpace: false)
        }
        return nil
    }
}

/// What was read so far.
struct ReadFacts {
    var values: [Slot: Value] = [:]
    var lists: [List: [[Slot: Value]]] = [:]

    /// What the branch taken tells of the fact that was asked for, if nothing else has told it.
    mutating func learn(_ question: Question, _ holds: Bool) {
        switch question {
        case .fact(let slot): if values[slot] == nil { values[slot] = .bool(holds) }
        case .isOne(let slot, let choices):
            if holds, choices.count == 1, values[slot] == nil { values[slot] = choices[0] }
        case .list: break
        }
    }
}

extension Tree {
    /// Takes the slots' values out of a value that this tree can have written; says whether it fits.
    func read(_ value: Value, into facts: inout ReadFacts) -> Bool {
        switch self {
        case .literal(let literal): return literal == value
        case .slot(let slot, _):
            facts.values[slot] = value
            return true
        case .text(let pieces): return Self.read(pieces, value, into: &facts)
        case .object(let members): return Self.read(members, value, into: &facts)
        case .array(let trees):
            guard case .array(let items) = value, items.count == trees.count else { return false }
            for (tree, item) in zip(trees, items) where !tree.read(item, into: &facts) { return false }
            return true
        case .conditional(let question, let then, let otherwise):
            // What a branch that does not fit has read is dropped with it.
            var tried = facts
            let holds = then.read(value, into: &tried)
            if !holds {
                tried = facts
                guard (otherwise ?? .literal(.null)).read(value, into: &tried) else { return false }
            }
            facts = tried
            facts.learn(question, holds)
            return true
        case .each(let list, let tree):
            guard case .array(let items) = value else { return false }
            return Self.read(items.map { ($0, [:]) }, tree, list, into: &facts)
        case .group(let list, let key, let take, let tree):
            guard case .object(let members) = value else { return false }
            var items: [(Value, [Slot: Value])] = []
            for member in members {
                let known = [key: Value.string(member.name)]
                switch (take, member.value) {
                case (.first, let item): items.append((item, known))
                case (.all, .array(let all)): items += all.map { ($0, known) }
                case (.all, _): return false
                }
            }
            return Self.read(items, tree, list, into: &facts)
        }
    }

    private static func read(
        _ items: [(value: Value, known: [Slot: Value])], _ tree: Tree, _ list: List, into facts: inout ReadFacts
    ) -> Bool {
        var found: [[Slot: Value]] = []
        for item in items {
            var inner = ReadFacts(values: item.known)
            guard tree.read(item.value, into: &inner) else { return false }
            found.append(inner.values)
        }
        facts.lists[list] = found
        return true
    }

    /// Exactly the members written, in order; those that may be missing may be missing.
    private static func read(_ members: [TreeMember], _ value: Value, into facts: inout ReadFacts) -> Bool {
        guard case .object(let found) = value else { return false }
        var rest = found[...]
        for member in members {
            if let next = rest.first, next.name == member.name {
                rest.removeFirst()
                guard member.tree.read(next.value, into: &facts) else { return false }
            } else if member.tree.mayBeMissing {
                if case .conditional(let question, _, nil) = member.tree { facts.learn(question, false) }
            } else {
                return false
            }
        }
        return rest.isEmpty
    }

    /// A slot reaches to the first place where the text behind it stands, so two slots side by side are read as
    /// nothing and all.
    private static func read(_ pieces: [TextPiece], _ value: Value, into facts: inout ReadFacts) -> Bool {
        guard case .string(let text) = value else { return false }
        var rest = Array(text.utf8)[...]
        var open: Slot?
        for piece in pieces {
            switch piece {
            case .literal(let literal):
                guard let place = rest.place(of: Array(literal.utf8), anywhere: open != nil) else { return false }
                if let slot = open { facts.values[slot] = .string(String(decoding: rest[..<place], as: UTF8.self)) }
                open = nil
                rest = rest[(place + literal.utf8.count)...]
            case .slot(let slot, _):
                if let slot = open { facts.values[slot] = .string("") }
                open = slot
            }
        }
        guard let open else { return rest.isEmpty }
        facts.values[open] = .string(String(decoding: rest, as: UTF8.self))
        return true
    }
}

extension ArraySlice<UInt8> {
    /// Where `part` first stands; if not `anywhere`, only at the start.
    fileprivate func place(of part: [UInt8], anywhere: Bool) -> Int? {
        guard count >= part.count else { return nil }
        for place in startIndex...(anywhere ? endIndex - part.count : startIndex)
        where self[place...].starts(with: part) { return place }
        return nil
    }
}
