import WatchwordCore
import WatchwordEngine

/// Reads the records of a file one after another.
protocol RecordReader {
    /// The next record; nothing at the end.
    mutating func next() throws -> ImportItem?
}

enum RecordLimit {
    /// Bytes that one record may have.
    static let bytes = 1 << 20
    static let words = "it is longer than 1 MiB"
}

/// JSON Lines: an object a line; blank lines are passed over.
struct LineReader: RecordReader {
    let input: ImportInput

    init(_ input: ImportInput) throws {
        self.input = input
        try input.skipMark()
    }

    mutating func next() throws -> ImportItem? {
        while try input.peek() != nil {
            let line = input.lines + 1
            var bytes: [UInt8] = []
            var isLong = false
            while let byte = try input.next(), byte != UInt8(ascii: "\n") {
                if bytes.count < RecordLimit.bytes { bytes.append(byte) } else { isLong = true }
            }
            if isLong { return ImportItem(line: line, .unreadable(RecordLimit.words)) }
            guard bytes.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { continue }
            switch JSON.parse(bytes) {
            case .success(let value): return ImportItem(line: line, .record(value))
            case .failure(let problem): return ImportItem(line: line, .unreadable("it is not JSON: \(problem)"))
            }
        }
        return nil
    }
}
