import WatchwordCore

/// The cursor over a document. It only moves forward, save to look ahead in one line, so that no input takes
/// more than linear time.
struct YAMLReader {
    let bytes: [UInt8]
    var offset = 0
    var position = SourcePosition.start
    var depth = 0
    /// Set while an unclosed `{` or `[` is being left, after it was reported.
    var leavesFlow = false
    private(set) var mistakes: [(position: SourcePosition, message: String)] = []
    private(set) var mistakeCount = 0

    init(bytes: [UInt8], file: Int = 0) {
        self.bytes = bytes
        position.file = file
        // A byte order mark is no content (YAML 1.2.2 section 5.2).
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    }

    mutating func report(_ message: String, at place: SourcePosition? = nil) {
        mistakeCount += 1
        guard mistakeCount <= YAML.maximumMistakes else { return }
        mistakes.append((place ?? position, message))
    }

    /// Reports an unreadable node at `place`.
    mutating func unreadable(_ message: String, at place: SourcePosition) -> Node {
        report(message, at: place)
        return Node(position: place, content: .unreadable)
    }

    // MARK: Moving

    var byte: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    func byte(ahead count: Int) -> UInt8? { bytes.indices.contains(offset + count) ? bytes[offset + count] : nil }

    mutating func advance() {
        let passed = bytes[offset]
        offset += 1
        if passed == .newline {
            position.line += 1
            position.column = 1
        } else if passed & 0xC0 != 0x80 {
            position.column += 1
        }
    }

    mutating func advance(to end: Int) {
        while offset < end { advance() }
    }

    /// Whether the cursor is at the end of a line or of the file.
    var isAtLineEnd: Bool { byte == nil || byte == .newline || byte == .carriageReturn && byte(ahead: 1) == .newline }

    /// Whether the byte `count` further is blank, or past the end.
    func isBlank(ahead count: Int) -> Bool {
        guard let next = byte(ahead: count) else { return true }
        return next == .space || next == .tab || next == .newline || next == .carriageReturn
    }

    mutating func skipLine() {
        while !isAtLineEnd { advance() }
    }

    /// Past spaces, and past a comment if there is one; stays on the line.
    mutating func skipBlanks() {
        while byte == .space || byte == .tab { advance() }
        if byte == .hash, offset == 0 || isBlank(ahead: -1) { skipLine() }
    }

    /// To the next token of a later line, if this line has none left. Refuses tabs before it.
    mutating func skipToToken() {
        while true {
            let lineStart = position.column == 1
            while byte == .space { advance() }
            if byte == .tab {
                let place = position
                skipBlanks()
                if lineStart, !isAtLineEnd { report("a tab as indentation: use spaces", at: place) }
            }
            skipBlanks()
            guard isAtLineEnd, byte != nil else { return }
            if byte == .carriageReturn { advance() }
            advance()
        }
    }

    /// Past every line that is indented deeper than `column`, to recover from a mistake.
    mutating func skipDeeper(than column: Int) {
        repeat {
            skipLine()
            skipToToken()
        } while byte != nil && position.column > column
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// Control characters have no place in a document, whatever surrounds them.
    mutating func refuseControlCharacters() {
        var place = SourcePosition(line: 1, column: 1, file: position.file)
        for (index, byte) in bytes.enumerated() {
            if byte == .newline {
                place.line += 1
                place.column = 1
                continue
            }
            let endsLine = byte == .carriageReturn && index + 1 < bytes.count && bytes[index + 1] == .newline
            if byte < 0x20 && byte != .tab && !endsLine || byte == 0x7F {
                let name = byte == 0 ? "NUL" : "control"
                report("a \(name) character: write it as an escape in double quotes", at: place)
            }
            if byte & 0xC0 != 0x80 { place.column += 1 }
        }
    }
}

extension UInt8 {
    static let newline = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let tab = UInt8(ascii: "\t")
    static let hash = UInt8(ascii: "#")
    static let colon = UInt8(ascii: ":")
    static let comma = UInt8(ascii: ",")
    static let dash = UInt8(ascii: "-")
    static let quote = UInt8(ascii: "\"")
    static let apostrophe = UInt8(ascii: "'")
    static let openBrace = UInt8(ascii: "{")
    static let closeBrace = UInt8(ascii: "}")
    static let openBracket = UInt8(ascii: "[")
    static let closeBracket = UInt8(ascii: "]")
}
