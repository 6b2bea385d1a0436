/// One pass over the bytes, each looked at a constant number of times.
struct JSONParser {
    private let bytes: [UInt8]
    private var index = 0
    private var depth = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(JSON.Problem) -> Value {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { throw problem(.byteOrderMark, at: 0) }
        skipBlank()
        let value = try self.value()
        skipBlank()
        guard index == bytes.count else { throw problem(.trailing) }
        return value
    }

    // MARK: Bytes

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    private func problem(_ reason: JSON.Reason, at offset: Int? = nil) -> JSON.Problem {
        JSON.Problem(offset: offset ?? index, reason: reason)
    }

    /// The reason at this byte: an end, or a character that may not be here.
    private func misplaced() -> JSON.Problem { problem(current == nil ? .ended : .unexpected) }

    private mutating func skipBlank() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        index += 1
        return true
    }

    // MARK: Values

    private mutating func value() throws(JSON.Problem) -> Value {
        switch current {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"): return try number()
        case let byte? where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte): return try number()
        default: throw misplaced()
        }
    }

    private mutating func word(_ text: StaticString, _ value: Value) throws(JSON.Problem) -> Value {
        for offset in 0..<text.utf8CodeUnitCount {
            guard take(text.utf8Start[offset]) else { throw misplaced() }
        }
        return value
    }

    private mutating func enter() throws(JSON.Problem) {
        guard depth < JSON.maximumDepth else { throw problem(.depth) }
        depth += 1
        index += 1
        skipBlank()
    }

    private mutating func array() throws(JSON.Problem) -> Value {
        try enter()
        var items: [Value] = []
        if !take(UInt8(ascii: "]")) {
            while true {
                items.append(try value())
                skipBlank()
                if take(UInt8(ascii: "]")) { break }
                guard take(UInt8(ascii: ",")) else { throw misplaced() }
                skipBlank()
            }
        }
        depth -= 1
        return .array(items)
    }

    private mutating func object() throws(JSON.Problem) -> Value {
        try enter()
        var members: [Value.Member] = []
        var names: Set<String> = []
        if !take(UInt8(ascii: "}")) {
            while true {
                guard current == UInt8(ascii: "\"") else { throw misplaced() }
                let start = index
                let name = try string()
                guard names.insert(name).inserted else { throw problem(.duplicate, at: start) }
                skipBlank()
                guard take(UInt8(ascii: ":")) else { throw misplaced() }
                skipBlank()
                members.append(Value.Member(name, try value()))
                skipBlank()
                if take(UInt8(ascii: "}")) { break }
                guard take(UInt8(ascii: ",")) else { throw misplaced() }
                skipBlank()
            }
        }
        depth -= 1
        return .object(members)
    }

    // MARK: Numbers

    private mutating func digits() -> Int {
        let start = index
        while let byte = current, (0x30...0x39).contains(byte) { index += 1 }
        return index - start
    }

    private mutating func number() throws(JSON.Problem) -> Value {
        let start = index
        _ = take(UInt8(ascii: "-"))
        if take(UInt8(ascii: "0")) {
            if let byte = current, (0x30...0x39).contains(byte) { throw problem(.number) }
        } else if digits() == 0 {
            throw problem(current == nil ? .ended : .number)
        }
        if take(UInt8(ascii: ".")) {
            if digits() == 0 { throw problem(current == nil ? .ended : .number) }
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            if digits() == 0 { throw problem(current == nil ? .ended : .number) }
        }
        guard index - start <= JSON.maximumNumber else { throw problem(.number, at: start) }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if let number = Int64(text) { return .int(number) }
        guard let number = Double(text), number.isFinite else { throw problem(.number, at: start) }
        return .double(number)
    }

    // MARK: Strings

    private mutating func string() throws(JSON.Problem) -> String {
        index += 1
        let start = index
        while let byte = current {
            if byte == UInt8(ascii: "\"") {
                let text = try decoded(bytes[start..<index], from: start)
                index += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
            if byte < 0x20 { throw problem(.control) }
            index += 1
        }
        throw problem(.ended)
    }

    /// The rest of a string from its first escape on; `start` is where its text began.
    private mutating func escapedString(from start: Int) throws(JSON.Problem) -> String {
        var text = Array(bytes[start..<index])
        while let byte = current {
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return try decoded(text[...], from: start)
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw problem(.control, at: index - 1)
            default: text.append(byte)
            }
        }
        throw problem(.ended)
    }

    private func decoded(_ text: ArraySlice<UInt8>, from start: Int) throws(JSON.Problem) -> String {
        guard let string = String(validating: text, as: UTF8.self) else { throw problem(.encoding, at: start) }
        return string
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSON.Problem) {
        guard let byte = current else { throw problem(.ended) }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: try scalar().utf8)
        default: throw problem(.escape, at: index - 1)
        }
    }

    /// The scalar of `\uXXXX`, or of a pair of them, whose first `\u` is read already.
    private mutating func scalar() throws(JSON.Problem) -> Character {
        let start = index - 2
        let high = try unit()
        if let scalar = Unicode.Scalar(high) { return Character(scalar) }
        guard high < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
            throw problem(current == nil ? .ended : .surrogate, at: current == nil ? index : start)
        }
        let low = try unit()
        guard (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
        else { throw problem(.surrogate, at: start) }
        return Character(scalar)
    }

    private mutating func unit() throws(JSON.Problem) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current else { throw problem(.ended) }
            guard let digit = hexadecimalDigit(byte) else { throw problem(.escape) }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }
}

/// The value of a hexadecimal digit of either case.
public func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
}
