import WatchwordCore

/// What an unquoted text means: null, a boolean, a number, or itself.
///
/// What YAML 1.1 reads as one number or flag and YAML 1.2 as another thing is refused: `yes`, `017`, `0x1F`, `1_000`.
/// A date or a time of day is text, and so is a number that begins or ends with its point.
enum PlainScalar {
    struct Mistake: Error {
        var message: String
    }

    static func read(_ text: String) -> Result<Value, Mistake> {
        switch text {
        case "null", "~", "": return .success(.null)
        case "true": return .success(.bool(true))
        case "false": return .success(.bool(false))
        default: break
        }
        if isAmbiguousWord(text) {
            return .failure(
                Mistake(
                    message: "`\(text)` means true or false to some readers: quote it, or write `true` or `false`"))
        }
        if ["null", "true", "false"].contains(text.lowercased()) {
            return .failure(Mistake(message: "`\(text)` is ambiguous: write `\(text.lowercased())`, or quote it"))
        }
        guard let first = text.utf8.first, isDigit(first) || "+-.".utf8.contains(first) else {
            return .success(.string(text))
        }
        return number(text)
    }

    /// Words that YAML 1.1 reads as booleans and YAML 1.2 as text.
    static func isAmbiguousWord(_ text: String) -> Bool {
        text.utf8.count <= 3 && ["yes", "no", "on", "off"].contains(text.lowercased())
    }

    private static func number(_ text: String) -> Result<Value, Mistake> {
        let digits = Array(text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") })
        let signs = text.utf8.count - digits.count
        let lowered = text.lowercased()
        if [".inf", "+.inf", "-.inf", ".nan"].contains(lowered) {
            return .failure(Mistake(message: "`\(text)` is no number here: quote it if it is text"))
        }
        guard signs <= 1, let first = digits.first, isDigit(first) else { return .success(.string(text)) }
        if digits.allSatisfy(isDigit) {
            guard digits.count == 1 || first != UInt8(ascii: "0") else { return ambiguous(text) }
            guard let value = Int64(text) else {
                return .failure(Mistake(message: "`\(text.prefix(40))` is too large a number: quote it if it is text"))
            }
            return .success(.int(value))
        }
        // 0x1F, 0o17 and 1_000 are numbers to some readers.
        let isPrefixed =
            digits.count > 2 && first == UInt8(ascii: "0") && "xo".utf8.contains(digits[1] | 0x20)
        if isPrefixed && digits.dropFirst(2).allSatisfy(isHexadecimal) { return ambiguous(text) }
        if digits.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: "_") }) { return ambiguous(text) }
        if isDecimal(digits) {
            guard let value = Double(text), value.isFinite else {
                return .failure(Mistake(message: "`\(text.prefix(40))` is too large a number: quote it if it is text"))
            }
            return .success(.double(value))
        }
        return .success(.string(text))
    }

    private static func ambiguous(_ text: String) -> Result<Value, Mistake> {
        .failure(Mistake(message: "`\(text.prefix(40))` is one number to some readers and another to others: quote it"))
    }

    /// Whether `bytes` are `digits . digits` with or without an exponent, or digits with one.
    private static func isDecimal(_ bytes: [UInt8]) -> Bool {
        var rest = bytes.drop(while: isDigit)
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard let next = rest.first, isDigit(next) else { return false }
            rest = rest.drop(while: isDigit)
        }
        guard let mark = rest.first else { return true }
        guard mark | 0x20 == UInt8(ascii: "e") else { return false }
        rest = rest.dropFirst()
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        return !rest.isEmpty && rest.allSatisfy(isDigit)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x61...0x66).contains(byte | 0x20)
    }
}
