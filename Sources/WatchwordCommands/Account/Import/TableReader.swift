import WatchwordCore
import WatchwordEngine
import WatchwordServer

/// CSV as RFC 4180 has it, its first record the names of the columns. Line ends may be LF or CRLF, and stand within
/// quotes; blank lines are passed over.
struct TableReader: RecordReader {
    let input: ImportInput
    let columns: [String]

    init(_ input: ImportInput) throws {
        self.input = input
        try input.skipMark()
        switch try Self.row(input) {
        case nil: throw StartFailure(.data, "the table is empty", mend: "its first line names the columns")
        case .unreadable(let words): throw StartFailure(.data, "the first line is no names of columns: \(words)")
        case .fields(let names): columns = names
        }
        if let name = columns.first(where: { name in columns.count { $0 == name } > 1 }) {
            throw StartFailure(.data, "two columns have the name `\(Text.safe(name))`")
        }
    }

    mutating func next() throws -> ImportItem? {
        while true {
            let line = input.lines + 1
            switch try Self.row(input) {
            case nil: return nil
            case .unreadable(let words): return ImportItem(line: line, .unreadable(words))
            case .fields([""]): continue
            case .fields(let fields) where fields.count != columns.count:
                return ImportItem(
                    line: line, .unreadable("it has \(fields.count) fields where the columns are \(columns.count)"))
            case .fields(let fields):
                return ImportItem(
                    line: line, .record(.object(zip(columns, fields).map { Value.Member($0, .string($1)) })))
            }
        }
    }

    private enum Row {
        case fields([String])
        case unreadable(String)
    }

    private static let quote = UInt8(ascii: "\"")

    /// One record; a broken one is passed over to the next line end.
    private static func row(_ input: ImportInput) throws -> Row? {
        guard try input.peek() != nil else { return nil }
        var fields: [[UInt8]] = [[]]
        var size = 0
        var problem: String?
        var isQuoted = false
        var wasQuoted = false
        while let byte = try input.next() {
            size += 1
            if size > RecordLimit.bytes { problem = RecordLimit.words }
            if problem != nil {
                if byte == UInt8(ascii: "\n") { break }
                continue
            }
            if isQuoted {
                if byte != quote {
                    fields[fields.count - 1].append(byte)
                } else if try input.peek() == quote {
                    _ = try input.next()
                    fields[fields.count - 1].append(quote)
                } else {
                    isQuoted = false
                    wasQuoted = true
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\n"):
                return finish(fields)
            case UInt8(ascii: ","):
                fields.append([])
                wasQuoted = false
            case UInt8(ascii: "\r"):
                if let after = try input.peek(), after != UInt8(ascii: "\n") {
                    problem = "it holds a bare carriage return"
                }
            case quote where fields[fields.count - 1].isEmpty && !wasQuoted: isQuoted = true
            case quote: problem = "a quote stands inside a field that is not quoted"
            default:
                if wasQuoted {
                    problem = "something follows a closing quote"
                } else {
                    fields[fields.count - 1].append(byte)
                }
            }
        }
        if let problem { return .unreadable(problem) }
        return isQuoted ? .unreadable("a quote is not closed") : finish(fields)
    }

    private static func finish(_ fields: [[UInt8]]) -> Row {
        let texts = fields.compactMap { String(validating: $0, as: UTF8.self) }
        return texts.count == fields.count ? .fields(texts) : .unreadable("invalid UTF-8")
    }
}
