import WatchwordCore

/// The text fields of a multipart/form-data body (RFC 7578), names and bounds checked; files are known, and not kept.
struct MultipartFields: Sendable {
    /// Longest header of one part, in bytes; ours have a name and a type.
    static let maximumHeader = 1_024

    enum Reading {
        case read(MultipartFields)
        /// More parts than any contract has.
        case tooMany
        /// No boundary, a broken part, or no end.
        case malformed
    }

    private enum Content {
        case text(String)
        case file
        /// Bytes that are not UTF-8, or an encoding that RFC 7578 section 4.7 has taken away.
        case broken
    }

    private var fields: [(name: String, content: Content)] = []

    static func read(_ body: [UInt8], contentType: String) -> Reading {
        guard let boundary = boundary(contentType) else { return .malformed }
        let delimiter = Array("\r\n--\(boundary)".utf8)
        // The first delimiter may stand at the very start, as if a line had ended before.
        let text = [0x0D, 0x0A] + body
        guard var place = text.find(delimiter, from: 0) else { return .malformed }
        var fields = MultipartFields()
        while true {
            var start = place + delimiter.count
            if text.hasBytes("--", at: start) { return .read(fields) }
            while start < text.count, text[start] == 0x20 || text[start] == 0x09 { start += 1 }
            guard text.hasBytes("\r\n", at: start) else { return .malformed }
            guard fields.fields.count < FormFields.maximum else { return .tooMany }
            // A part may have no header at all, and its blank line is then this delimiter's end.
            guard let head = text.find(Array("\r\n\r\n".utf8), from: start, within: maximumHeader),
                let end = text.find(delimiter, from: head + 2), let part = part(text[start..<head])
            else { return .malformed }
            let content: Content =
                if part.isFile {
                    .file
                } else if part.isEncoded {
                    .broken
                } else {
                    String(validating: text[min(head + 4, end)..<end], as: UTF8.self).map { .text($0) } ?? .broken
                }
            fields.fields.append((part.name, content))
            place = end
        }
    }

    /// The field at that path, an empty one too; a file is of the wrong type.
    func value(at path: [String]) -> FoundInput {
        let names = FormFields.names(of: path)
        let found = fields.filter { names.contains($0.name) }
        guard found.count < 2 else { return .refused(.type) }
        switch found.first?.content {
        case nil: return .absent
        case .text(let text)?: return .found(.string(text))
        case .file?: return .refused(.type)
        case .broken?: return .refused(.characters)
        }
    }

    // MARK: Header

    /// The boundary parameter: 1 to 70 characters of RFC 2046 section 5.1.1.
    static func boundary(_ contentType: String) -> String? {
        guard let boundary = parameter("boundary", of: contentType), (1...70).contains(boundary.utf8.count),
            boundary.utf8.allSatisfy({ isWordByte($0) || "'()+,-./:=? ".utf8.contains($0) })
        else { return nil }
        return boundary
    }

    private static func part(_ header: ArraySlice<UInt8>) -> (name: String, isFile: Bool, isEncoded: Bool)? {
        guard let text = String(validating: header, as: UTF8.self) else { return nil }
        var name: String?
        var isFile = false
        var isEncoded = false
        for line in text.split(separator: "\r\n") {
            guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
            let value = String(line[line.utf8.index(after: colon)...])
            switch Identifier.key(String(line[..<colon])) {
            case "content-disposition":
                guard Identifier.key(String(value.prefix { $0 != ";" })) == "form-data", name == nil else { return nil }
                name = parameter("name", of: value)
                isFile = parameter("filename", of: value) != nil || parameter("filename*", of: value) != nil
            case "content-transfer-encoding":
                isEncoded = !["7bit", "8bit", "binary"].contains(Identifier.key(value))
            default: continue
            }
        }
        return name.map { ($0, isFile, isEncoded) }
    }

    /// A parameter behind the first semicolon: a token or a quoted text (RFC 9110 section 5.6.6).
    private static func parameter(_ name: String, of field: String) -> String? {
        var rest = Array(field.utf8).drop { $0 != UInt8(ascii: ";") }
        while rest.first == UInt8(ascii: ";") {
            let key = rest.dropFirst().prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ";") }
            rest = rest[key.endIndex...]
            var value: [UInt8] = []
            if rest.first == UInt8(ascii: "=") {
                rest = rest.dropFirst()
                if rest.first == UInt8(ascii: "\"") {
                    rest = rest.dropFirst()
                    while let byte = rest.first, byte != UInt8(ascii: "\"") {
                        if byte == UInt8(ascii: "\\"), rest.count > 1 { rest = rest.dropFirst() }
                        if let byte = rest.popFirst() { value.append(byte) }
                    }
                    guard rest.popFirst() != nil else { return nil }
                    rest = rest.drop { $0 != UInt8(ascii: ";") }
                } else {
                    let token = rest.prefix { $0 != UInt8(ascii: ";") }
                    value = Array(token)
                    rest = rest[token.endIndex...]
                }
            }
            if Identifier.key(String(decoding: key, as: UTF8.self)) == name {
                return Identifier.trimmed(String(decoding: value, as: UTF8.self))
            }
        }
        return nil
    }
}

extension [UInt8] {
    /// Where `part` first stands at or after `start`, and no further than `reach` bytes on.
    fileprivate func find(_ part: [UInt8], from start: Int, within reach: Int? = nil) -> Int? {
        guard let first = part.first, count >= part.count else { return nil }
        let last = Swift.min(count - part.count, reach.map { start + $0 } ?? .max)
        guard start <= last else { return nil }
        return withUnsafeBufferPointer { bytes in
            var place = start
            while place <= last {
                if bytes[place] == first, bytes[place..<(place + part.count)].elementsEqual(part) { return place }
                place += 1
            }
            return nil
        }
    }

    fileprivate func hasBytes(_ text: StaticString, at place: Int) -> Bool {
        let wanted = text.withUTF8Buffer { Array($0) }
        return place + wanted.count <= count && self[place..<(place + wanted.count)].elementsEqual(wanted)
    }
}
