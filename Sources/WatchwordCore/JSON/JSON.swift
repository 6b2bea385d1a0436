/// JSON as RFC 8259 has it, and stricter where the RFC leaves a choice: no duplicate names (section 4),
/// no lone surrogates (section 8.2), no byte order mark (section 8.1), a bounded depth and finite numbers.
///
/// What `append` writes, `parse` reads back as the same value.
public enum JSON {
    /// How deep arrays and objects may stand in each other (RFC 8259 section 9 allows a limit).
    public static let maximumDepth = 32
    /// The longest number read, in characters.
    static let maximumNumber = 256

    /// Why a text is not the JSON that is read here, and at which byte.
    public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        /// Counted from 0; the count of bytes where the text ends too early.
        public var offset: Int
        public var reason: Reason

        public init(offset: Int, reason: Reason) {
            self.offset = offset
            self.reason = reason
        }

        public var description: String { "\(reason.rawValue) at byte \(offset)" }
    }

    public enum Reason: String, Hashable, Sendable, CaseIterable {
        case ended = "unexpected end"
        case unexpected = "unexpected character"
        case trailing = "something follows the value"
        case depth = "nested too deeply"
        case duplicate = "duplicate member name"
        case encoding = "invalid UTF-8"
        case surrogate = "lone surrogate"
        case escape = "invalid escape"
        case control = "control character in a string"
        case number = "number malformed or out of range"
        case byteOrderMark = "byte order mark"
    }

    /// The value of a text that is JSON to its last byte. An integer beyond 64 bits becomes the nearest double.
    public static func parse(_ bytes: [UInt8]) -> Result<Value, Problem> {
        var parser = JSONParser(bytes)
        do throws(Problem) {
            return .success(try parser.document())
        } catch {
            return .failure(error)
        }
    }

    /// The same of any other bytes.
    public static func parse(_ bytes: some Collection<UInt8>) -> Result<Value, Problem> { parse(Array(bytes)) }

    /// The compact text of `value`.
    public static func text(_ value: Value) -> String {
        var bytes: [UInt8] = []
        append(value, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
