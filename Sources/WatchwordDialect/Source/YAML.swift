/// A strict subset of YAML 1.2, read with the position of every node and key.
///
/// Understood: block and flow mappings and sequences, plain, single- and double-quoted texts on one line,
/// `|` and `>` blocks, comments, and one document. Refused, each by name and with a hint: anchors, aliases,
/// tags, merge keys, directives, `?` keys, `yes`/`no`/`on`/`off`, ambiguous numbers, tabs as indentation,
/// duplicate keys, several documents, more than 32 levels, more than 1 MiB, control characters, invalid UTF-8.
/// (docs/decisions/0001 says why there is a reader here at all.)
public enum YAML {
    public static let maximumBytes = 1 << 20
    public static let maximumDepth = 32
    /// Mistakes past this many are counted and not printed.
    public static let maximumMistakes = 100

    /// The document in `text` and every mistake in it, in order of position. The node is nothing if the file is
    /// empty or cannot be read at all; parts that could not be read are `unreadable`.
    public static func read(text: String, file: String) -> (Node?, [Diagnostic]) {
        read(bytes: Array(text.utf8), file: file)
    }

    /// The same from bytes, which need not be UTF-8.
    ///
    /// - Parameter index: which of several files it is, for the positions.
    public static func read(bytes: [UInt8], file: String, index: Int = 0) -> (Node?, [Diagnostic]) {
        func refused(_ position: SourcePosition, _ message: String) -> (Node?, [Diagnostic]) {
            (nil, [Diagnostic(file: file, position: position, severity: .error, message: message)])
        }
        guard bytes.count <= maximumBytes else {
            return refused(.start, "the file is larger than 1 MiB")
        }
        if let position = firstInvalid(bytes) { return refused(position, "not UTF-8 text") }
        var reader = YAMLReader(bytes: bytes, file: index)
        reader.refuseControlCharacters()
        let node = reader.document()
        var diagnostics = reader.mistakes.sorted { $0.position < $1.position }.map {
            Diagnostic(file: file, position: $0.position, severity: .error, message: $0.message)
        }
        if reader.mistakeCount > diagnostics.count, let last = diagnostics.last {
            diagnostics.append(
                Diagnostic(
                    file: file, position: last.position, severity: .error,
                    message: "and \(reader.mistakeCount - diagnostics.count) more mistakes"))
        }
        return (node, diagnostics)
    }

    /// Where the first byte is that is not part of a UTF-8 sequence.
    private static func firstInvalid(_ bytes: [UInt8]) -> SourcePosition? {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var position = SourcePosition.start
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue("\n"): position = SourcePosition(line: position.line + 1, column: 1)
            case .scalarValue: position.column += 1
            case .emptyInput: return nil
            case .error: return position
            }
        }
    }
}
