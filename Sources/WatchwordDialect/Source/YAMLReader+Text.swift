import WatchwordCore

extension YAMLReader {
    /// Why a plain text cannot start with that byte; nothing if it can.
    static func indicator(_ byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "&"): "an anchor (`&`) is not part of the language: write the value out, or quote the text"
        case UInt8(ascii: "*"): "an alias (`*`) is not part of the language: write the value out, or quote the text"
        case UInt8(ascii: "!"): "a tag (`!`) is not part of the language; quote the text if it is one"
        case UInt8(ascii: "%"), UInt8(ascii: "@"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: ">"):
            "quote this text: it starts with `\(Character(Unicode.Scalar(byte)))`"
        case .comma, .openBrace, .closeBrace, .openBracket, .closeBracket, .hash:
            "quote this text: it starts with `\(Character(Unicode.Scalar(byte)))`"
        default: nil
        }
    }

    /// Why a plain text cannot start with a dash or a question mark that stands by itself: in a block they begin an
    /// item or a key (YAML 1.2.2 section 7.3.3).
    private func loneMark(_ first: UInt8, inFlow: Bool) -> String? {
        guard first == .dash || first == UInt8(ascii: "?") else { return nil }
        let ends: [UInt8] = [.comma, .openBrace, .closeBrace, .openBracket, .closeBracket]
        guard isBlank(ahead: 1) || inFlow && byte(ahead: 1).map(ends.contains) == true else { return nil }
        return "quote this text: it starts with `\(Character(Unicode.Scalar(first)))`"
    }

    /// A plain text at the cursor, typed: to the end of its line, or of its place in a flow collection.
    mutating func plain(inFlow: Bool) -> Node {
        let start = position
        if let first = byte, let reason = Self.indicator(first) ?? loneMark(first, inFlow: inFlow) {
            let node = unreadable(reason, at: start)
            if inFlow {
                advance()
                _ = plainFlowText()
            } else {
                skipLine()
            }
            return node
        }
        let written = inFlow ? plainFlowText() : plainLineText()
        if !inFlow, written.hasSuffix(":") || written.contains(": ") || written.contains(":\t") {
            return unreadable("quote this text: it holds `: `", at: start)
        }
        switch PlainScalar.read(written) {
        case .success(let value): return Node(position: start, content: .scalar(value))
        case .failure(let mistake): return unreadable(mistake.message, at: start)
        }
    }

    /// A plain text to the end of the line or to a comment, without the spaces behind it.
    private mutating func plainLineText() -> String {
        let start = offset
        while !isAtLineEnd, !(byte == .hash && isBlank(ahead: -1) && offset > start) { advance() }
        return Identifier.trimmed(text(start..<offset))
    }

    /// A plain text up to what ends it in a flow collection, without the spaces behind it.
    mutating func plainFlowText() -> String {
        let start = offset
        loop: while !isAtLineEnd {
            switch byte {
            case .comma, .openBrace, .closeBrace, .openBracket, .closeBracket: break loop
            case .colon where endsFlowWord(ahead: 1): break loop
            case .hash where isBlank(ahead: -1) && offset > start: break loop
            default: advance()
            }
        }
        return Identifier.trimmed(text(start..<offset))
    }

    /// Whether a colon before the byte `count` further ends a key in a flow collection.
    func endsFlowWord(ahead count: Int) -> Bool {
        if isBlank(ahead: count) { return true }
        let next = byte(ahead: count)
        return next == .comma || next == .closeBrace || next == .closeBracket
    }

    /// A text in quotes, which end on the same line.
    mutating func quoted() -> Node {
        let start = position
        let mark = byte
        advance()
        var text: [UInt8] = []
        while let next = byte, !isAtLineEnd {
            if next == mark {
                advance()
                if mark == .apostrophe, byte == .apostrophe {
                    text.append(.apostrophe)
                    advance()
                    continue
                }
                return Node(position: start, content: .scalar(.string(String(decoding: text, as: UTF8.self))))
            }
            if mark == .quote, next == UInt8(ascii: "\\") {
                escape(into: &text)
            } else {
                text.append(next)
                advance()
            }
        }
        return unreadable("this text is not closed: quotes end on the line they start on", at: start)
    }

    /// An escape of YAML 1.2.2 section 5.7.
    private mutating func escape(into text: inout [UInt8]) {
        let start = position
        advance()
        guard !isAtLineEnd, let kind = byte else { return }
        let simple: [UInt8: UInt8] = [
            UInt8(ascii: "n"): 0x0A, UInt8(ascii: "t"): 0x09, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "b"): 0x08,
            UInt8(ascii: "f"): 0x0C, UInt8(ascii: "0"): 0x00, UInt8(ascii: "e"): 0x1B, .quote: .quote,
            UInt8(ascii: "\\"): UInt8(ascii: "\\"), UInt8(ascii: "/"): UInt8(ascii: "/"), .space: .space,
        ]
        if let byte = simple[kind] {
            text.append(byte)
            advance()
            return
        }
        let widths: [UInt8: Int] = [UInt8(ascii: "x"): 2, UInt8(ascii: "u"): 4, UInt8(ascii: "U"): 8]
        guard let width = widths[kind] else {
            report("no such escape in double quotes; a backslash is written `\\\\`", at: start)
            advance()
            return
        }
        advance()
        guard var number = hexadecimal(width) else {
            report("this escape needs \(width) hexadecimal digits", at: start)
            return
        }
        // JSON writes what lies beyond 16 bits as two halves (RFC 8259 section 7).
        if (0xD800..<0xDC00).contains(number), byte == UInt8(ascii: "\\"), byte(ahead: 1) == UInt8(ascii: "u") {
            advance()
            advance()
            if let low = hexadecimal(4), (0xDC00..<0xE000).contains(low) {
                number = 0x10000 + (number - 0xD800) << 10 + (low - 0xDC00)
            }
        }
        guard let scalar = Unicode.Scalar(number) else {
            report("this escape names no character", at: start)
            return
        }
        text.append(contentsOf: String(Character(scalar)).utf8)
    }

    private mutating func hexadecimal(_ width: Int) -> UInt32? {
        var number: UInt32 = 0
        for _ in 0..<width {
            guard let next = byte, let digit = Character(Unicode.Scalar(next)).hexDigitValue, next < 0x80 else {
                return nil
            }
            guard number < 1 << 28 else { return nil }
            number = number << 4 | UInt32(digit)
            advance()
        }
        return number
    }

    /// `|` (lines kept) or `>` (lines joined), with `-` for no line end behind the last.
    mutating func blockText(parentColumn: Int) -> Node {
        let start = position
        let folds = byte == UInt8(ascii: ">")
        advance()
        let strips = byte == .dash
        if strips { advance() }
        skipBlanks()
        let isAlone = isAtLineEnd
        if !isAlone {
            report("quote this text, or leave the rest of the line behind `|` or `>` empty", at: start)
            skipLine()
        }
        var lines: [String] = []
        var margin: Int?
        // A file that ends within its last line has no line end to keep.
        var endsLine = true
        while byte != nil {
            // At the end of the line before.
            let lineEnd = (offset, position)
            if byte == .carriageReturn { advance() }
            advance()
            while byte == .space, margin.map({ position.column < $0 }) ?? true { advance() }
            if isAtLineEnd {
                lines.append("")
                if byte == nil { break }
                continue
            }
            if margin == nil, position.column > parentColumn { margin = position.column }
            guard let margin, position.column >= margin else {
                (offset, position) = lineEnd
                break
            }
            let first = offset
            skipLine()
            lines.append(text(first..<offset))
            endsLine = byte != nil
        }
        while lines.last == "" { lines.removeLast() }
        var text = folds ? folded(lines) : lines.joined(separator: "\n")
        if !strips, endsLine, !lines.isEmpty { text += "\n" }
        return Node(position: start, content: isAlone ? .scalar(.string(text)) : .unreadable)
    }

    /// Lines joined by spaces. An empty one is a line end, and so is the end of one that is indented deeper and of
    /// the one before it (YAML 1.2.2 section 6.5 and 8.1.3).
    private func folded(_ lines: [String]) -> String {
        var text = ""
        var last: String?
        var empty = 0
        for line in lines {
            guard !line.isEmpty else {
                empty += 1
                continue
            }
            if let last {
                let isDeeper = [last, line].contains { $0.hasPrefix(" ") || $0.hasPrefix("\t") }
                if isDeeper { empty += 1 } else if empty == 0 { text += " " }
            }
            text += String(repeating: "\n", count: empty) + line
            last = line
            empty = 0
        }
        return text
    }
}
