import WatchwordCore

extension YAMLReader {
    /// A flow collection, quoted, plain or block text at the cursor.
    ///
    /// - Parameter parentColumn: where the member it belongs to starts; a flow collection that reaches a line
    ///   at or left of it was not closed.
    mutating func inlineNode(parentColumn: Int) -> Node {
        let start = position
        refuseProperties()
        guard !isAtLineEnd else { return Node(position: start, content: .unreadable) }
        switch byte {
        case .openBrace: return flow(parentColumn, flowMapping)
        case .openBracket: return flow(parentColumn, flowSequence)
        case .quote, .apostrophe: return quoted()
        case UInt8(ascii: "|"), UInt8(ascii: ">"): return blockText(parentColumn: parentColumn)
        default: return plain(inFlow: false)
        }
    }

    /// Reports anchors, tags and aliases, and passes over them.
    private mutating func refuseProperties() {
        while let first = byte, first == UInt8(ascii: "&") || first == UInt8(ascii: "!") || first == UInt8(ascii: "*") {
            report(Self.indicator(first) ?? "")
            while !isAtLineEnd, !isBlank(ahead: 0), byte != .comma, byte != .closeBrace, byte != .closeBracket {
                advance()
            }
            skipBlanks()
        }
    }

    private mutating func flow(_ parentColumn: Int, _ body: (inout YAMLReader, Int, SourcePosition) -> Node) -> Node {
        let start = position
        guard depth < YAML.maximumDepth else {
            let node = unreadable("nested deeper than \(YAML.maximumDepth) levels", at: start)
            advance()
            skipFlow(parentColumn, start, stopsAtComma: false)
            if byte == .closeBrace || byte == .closeBracket { advance() }
            return node
        }
        depth += 1
        defer { depth -= 1 }
        advance()
        return body(&self, parentColumn, start)
    }

    /// To the next token inside a flow collection; false, and reported, if the collection was not closed.
    private mutating func reachesToken(_ parentColumn: Int, _ opening: SourcePosition) -> Bool {
        guard !leavesFlow else { return false }
        let line = position.line
        skipToToken()
        let closes = byte == .closeBrace || byte == .closeBracket
        let isOutside =
            position.line > line && (closes ? position.column < parentColumn : position.column <= parentColumn)
        guard byte != nil, !isOutside else {
            report("this is not closed", at: opening)
            leavesFlow = true
            return false
        }
        return true
    }

    private var flowMapping: (inout YAMLReader, Int, SourcePosition) -> Node {
        { reader, parent, start in reader.readFlowMapping(parent, start) }
    }
    private var flowSequence: (inout YAMLReader, Int, SourcePosition) -> Node {
        { reader, parent, start in reader.readFlowSequence(parent, start) }
    }

    private mutating func readFlowMapping(_ parentColumn: Int, _ start: SourcePosition) -> Node {
        var entries: [Node.Entry] = []
        var seen: Set<String> = []
        while reachesToken(parentColumn, start) {
            let place = position
            if closes(.closeBrace, wrong: .closeBracket, "`]` closes what `{` opened") { break }
            if strayComma() { continue }
            guard let name = flowKey(parentColumn, start) else { continue }
            guard reachesToken(parentColumn, start) else { break }
            let value: Node
            if byte == .comma || byte == .closeBrace || byte == .closeBracket {
                value = unreadable("`\(name.key ?? "")` has no value; write `null` if that is meant", at: place)
                if byte == .comma { advance() }
            } else {
                value = flowValue(parentColumn, start)
            }
            guard let key = name.key else { continue }
            if !seen.insert(key).inserted { report("duplicate key `\(key)`", at: place) }
            entries.append(Node.Entry(key: key, position: place, value: value))
        }
        return Node(position: start, content: .mapping(entries))
    }

    private mutating func readFlowSequence(_ parentColumn: Int, _ start: SourcePosition) -> Node {
        var items: [Node] = []
        while reachesToken(parentColumn, start) {
            if closes(.closeBracket, wrong: .closeBrace, "`}` closes what `[` opened") { break }
            if strayComma() { continue }
            items.append(flowValue(parentColumn, start))
        }
        return Node(position: start, content: .sequence(items))
    }

    /// Whether the collection ends here, by its own bracket or, reported, by the other kind's.
    private mutating func closes(_ bracket: UInt8, wrong: UInt8, _ mistake: String) -> Bool {
        guard byte == bracket || byte == wrong else { return false }
        if byte == wrong { report(mistake) }
        advance()
        return true
    }

    private mutating func strayComma() -> Bool {
        guard byte == .comma else { return false }
        report("nothing stands before this comma")
        advance()
        return true
    }

    /// A name before a colon; no key if it cannot be one, which was reported.
    private struct FlowName {
        var key: String?
    }

    /// The name at the cursor, and past its colon; nothing, and past the member, if there is no name and colon.
    private mutating func flowKey(_ parentColumn: Int, _ opening: SourcePosition) -> FlowName? {
        let place = position
        let isQuoted = byte == .quote || byte == .apostrophe
        let key: String?
        if isQuoted {
            key = quoted().string
        } else if byte == .openBrace || byte == .openBracket {
            report("a key must be plain or quoted text")
            key = nil
        } else if byte == UInt8(ascii: "?"), isBlank(ahead: 1) {
            report("a `?` key is not part of the language")
            key = nil
        } else {
            key = plainFlowText()
        }
        guard let key else {
            skipFlow(parentColumn, opening, stopsAtComma: true)
            if byte == .comma { advance() }
            return nil
        }
        skipBlanks()
        guard byte == .colon, isQuoted || endsFlowWord(ahead: 1) else {
            if key.contains(":"), !isQuoted {
                report("`\(key)` has no value: put a space behind the colon, or quote it", at: place)
            } else {
                report("`\(key)` has no value; if it goes on from the text before it, quote this text", at: place)
            }
            skipFlow(parentColumn, opening, stopsAtComma: true)
            if byte == .comma { advance() }
            return nil
        }
        advance()
        return FlowName(key: isQuoted ? key : checkedKey(key, at: place))
    }

    /// The value at the cursor and the comma behind it, if there is one.
    private mutating func flowValue(_ parentColumn: Int, _ opening: SourcePosition) -> Node {
        let start = position
        refuseProperties()
        let node: Node
        switch byte {
        case .openBrace: node = flow(parentColumn, flowMapping)
        case .openBracket: node = flow(parentColumn, flowSequence)
        case .quote, .apostrophe: node = quoted()
        case .comma, .closeBrace, .closeBracket, nil: node = Node(position: start, content: .unreadable)
        default: node = plain(inFlow: true)
        }
        guard reachesToken(parentColumn, opening) else { return node }
        switch byte {
        case .comma: advance()
        case .closeBrace, .closeBracket: break
        case .colon, .openBrace, .openBracket, .hash:
            if case .scalar(.string) = node.content {
                let character = byte == .colon ? ": " : text(offset..<offset + 1)
                report("quote this text: it holds `\(character)`", at: start)
            } else {
                report("a comma is missing before this")
            }
            skipFlow(parentColumn, opening, stopsAtComma: true)
            if byte == .comma { advance() }
            return Node(position: start, content: .unreadable)
        default:
            report(
                position.line > start.line
                    ? "a comma is missing before this; a text over several lines must be one quoted line"
                    : "a comma is missing before this")
        // What follows may be a member of its own.
        }
        return node
    }

    /// To the closing bracket of this collection, or to its next comma.
    private mutating func skipFlow(_ parentColumn: Int, _ opening: SourcePosition, stopsAtComma: Bool) {
        var open = 0
        while let next = byte {
            switch next {
            case .openBrace, .openBracket: open += 1
            case .closeBrace, .closeBracket:
                if open == 0 { return }
                open -= 1
            case .comma where open == 0 && stopsAtComma: return
            case .newline:
                skipToToken()
                let closes = byte == .closeBrace || byte == .closeBracket
                if byte != nil, position.column <= (closes ? parentColumn - 1 : parentColumn) {
                    report("this is not closed", at: opening)
                    leavesFlow = true
                    return
                }
                continue
            default: break
            }
            advance()
        }
    }
}
