import WatchwordCore

extension YAMLReader {
    /// The whole file.
    mutating func document() -> Node? {
        skipToToken()
        if byte == UInt8(ascii: "%"), position.column == 1 {
            report("a directive (`%`) is not part of the language")
            skipLine()
            skipToToken()
        }
        if isMarker { advance(to: offset + 3) }
        skipToToken()
        guard byte != nil, !isMarker else {
            if byte != nil { refuseRest() }
            return nil
        }
        let node = blockNode(parentColumn: 0)
        skipToToken()
        if byte != nil { refuseRest() }
        return node
    }

    /// Whether `---` or `...` is at the cursor, alone at the start of a line.
    private var isMarker: Bool {
        guard position.column == 1, let first = byte, first == .dash || first == UInt8(ascii: ".") else { return false }
        return byte(ahead: 1) == first && byte(ahead: 2) == first && isBlank(ahead: 3)
    }

    private mutating func refuseRest() {
        report(isMarker ? "a second document: a file holds one" : "not part of what is above: check the indentation")
    }

    /// The node at the cursor, which is at its first character; it ends at the end of its last line.
    ///
    /// - Parameter parentColumn: where the member or item it belongs to starts.
    mutating func blockNode(parentColumn: Int) -> Node {
        let start = position
        guard depth < YAML.maximumDepth else {
            let node = unreadable("nested deeper than \(YAML.maximumDepth) levels", at: start)
            skipDeeper(than: start.column - 1)
            return node
        }
        depth += 1
        defer { depth -= 1 }
        if byte == .dash, isBlank(ahead: 1) { return blockSequence() }
        if byte == UInt8(ascii: "?"), isBlank(ahead: 1) {
            let node = unreadable("a `?` key is not part of the language", at: start)
            skipDeeper(than: start.column)
            return node
        }
        if lineHoldsKey { return blockMapping() }
        let node = inlineNode(parentColumn: parentColumn)
        finishLine()
        return node
    }

    /// `- item` lines, all at the cursor's column.
    private mutating func blockSequence() -> Node {
        let start = position
        var items: [Node] = []
        while byte != nil, position.column == start.column, byte == .dash, isBlank(ahead: 1), !isMarker {
            let place = position
            advance()
            skipBlanks()
            if isAtLineEnd { skipToToken() }
            if byte != nil, position.line == place.line || position.column > place.column {
                items.append(blockNode(parentColumn: place.column))
            } else {
                items.append(Node(position: place, content: .scalar(.null)))
            }
            skipToToken()
            leaveDeeper(than: start.column, behind: items.last)
        }
        return Node(position: start, content: .sequence(items))
    }

    /// `key: value` lines, all at the cursor's column.
    private mutating func blockMapping() -> Node {
        let start = position
        var entries: [Node.Entry] = []
        var seen: Set<String> = []
        while byte != nil, position.column == start.column, !isMarker {
            if byte == .dash, isBlank(ahead: 1) { break }
            let place = position
            if byte == UInt8(ascii: "?"), isBlank(ahead: 1) {
                report("a `?` key is not part of the language")
                skipDeeper(than: start.column)
                continue
            }
            guard lineHoldsKey else {
                report("a member needs `: ` between its name and its value")
                skipDeeper(than: start.column)
                continue
            }
            let key = blockKey()
            let value = blockValue(of: place)
            if let key {
                if !seen.insert(key).inserted { report("duplicate key `\(key)`", at: place) }
                entries.append(Node.Entry(key: key, position: place, value: value))
            }
            skipToToken()
            leaveDeeper(than: start.column, behind: value)
        }
        return Node(position: start, content: .mapping(entries))
    }

    /// Past lines that are deeper than the member they follow. They are a mistake, save where they go on from what
    /// could not be read, which was reported.
    private mutating func leaveDeeper(than column: Int, behind value: Node?) {
        guard byte != nil, position.column > column else { return }
        if value?.isUnreadable != true {
            report("indented deeper than what is above; a text over several lines is written behind `>` or `|`")
        }
        skipDeeper(than: column)
    }

    /// The key at the cursor, and past its colon; nothing if it cannot be a key.
    private mutating func blockKey() -> String? {
        let place = position
        if byte == .quote || byte == .apostrophe {
            let key = quoted()
            skipBlanks()
            advance()
            return key.string
        }
        let start = offset
        while !(byte == .colon && isBlank(ahead: 1)) { advance() }
        let key = Identifier.trimmed(text(start..<offset))
        advance()
        return checkedKey(key, at: place)
    }

    /// A plain key that means what it says; reports any other.
    mutating func checkedKey(_ key: String, at place: SourcePosition) -> String? {
        if key.isEmpty {
            report("a member needs a name before its colon", at: place)
            return nil
        }
        if key == "<<" {
            report("a merge key (`<<`) is not part of the language", at: place)
            return nil
        }
        if let first = key.utf8.first, let reason = Self.indicator(first) {
            report(reason, at: place)
            return nil
        }
        if key.hasPrefix("- ") {
            report("quote this text: it starts with `-`", at: place)
            return nil
        }
        if PlainScalar.isAmbiguousWord(key) {
            report("`\(key)` means true or false to some readers: quote it", at: place)
        }
        return key
    }

    /// What stands behind `key:`, on its line or on deeper ones.
    private mutating func blockValue(of key: SourcePosition) -> Node {
        skipBlanks()
        if !isAtLineEnd {
            let start = position
            if byte == .dash, isBlank(ahead: 1) {
                let node = unreadable("a list starts on a line of its own", at: start)
                skipLine()
                return node
            }
            let node = inlineNode(parentColumn: key.column)
            finishLine()
            return node
        }
        let end = position
        skipToToken()
        let isList = byte == .dash && isBlank(ahead: 1) && !isMarker
        if byte != nil, position.column > key.column || isList && position.column == key.column {
            return blockNode(parentColumn: key.column)
        }
        return Node(position: end, content: .scalar(.null))
    }

    /// Reports what is left on a line behind a value.
    private mutating func finishLine() {
        if leavesFlow {
            leavesFlow = false
            return
        }
        skipBlanks()
        guard !isAtLineEnd else { return }
        let isKey = byte == .colon
        report(isKey ? "a key must be plain or quoted text" : "unexpected text behind the value")
        skipLine()
    }

    /// Whether a key and its colon are on the rest of this line.
    private var lineHoldsKey: Bool {
        var index = offset
        guard let first = byte else { return false }
        if first == .openBrace || first == .openBracket { return false }
        if first == .quote || first == .apostrophe {
            index += 1
            while index < bytes.count, bytes[index] != .newline {
                // Two apostrophes are one of the text.
                let isDoubled =
                    first == .apostrophe && bytes[index] == first && index + 1 < bytes.count
                    && bytes[index + 1] == first
                if bytes[index] == first, !isDoubled { break }
                index += isDoubled || first == .quote && bytes[index] == UInt8(ascii: "\\") ? 2 : 1
            }
            guard index < bytes.count, bytes[index] == first else { return false }
            index += 1
            while index < bytes.count, bytes[index] == .space { index += 1 }
            return index < bytes.count && bytes[index] == .colon
                && (index + 1 >= bytes.count || isBlank(ahead: index + 1 - offset))
        }
        while index < bytes.count, bytes[index] != .newline {
            if bytes[index] == .hash, index > offset, isBlank(ahead: index - 1 - offset) { return false }
            if bytes[index] == .colon, isBlank(ahead: index + 1 - offset) { return true }
            index += 1
        }
        return false
    }
}
