import WatchwordCore

/// The fields of a form or a query (the URL standard's application/x-www-form-urlencoded), still encoded:
/// only those asked for are decoded, so that nothing in the others can fail a request.
struct FormFields: Sendable {
    /// More fields than any contract has; the rest would only cost time.
    static let maximum = 100

    enum Found: Equatable {
        case absent
        case found(Value)
        /// The rule that the field breaks: `type` for a repeated one, `characters` for a broken escape or bytes
        /// that are not UTF-8.
        case refused(InputRule)

        static func single(_ values: [String]) -> Found {
            switch values.count {
            case 0: .absent
            case 1: .found(.string(values[0]))
            default: .refused(.type)
            }
        }
    }

    private var fields: [(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)] = []
    /// Whether there were more fields than are looked at.
    private(set) var overflows = false

    init(_ encoded: some Collection<UInt8>) {
        for part in Array(encoded).split(separator: UInt8(ascii: "&")) {
            guard fields.count < Self.maximum else {
                overflows = true
                return
            }
            let split = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
            fields.append((part[..<split], part[split...].dropFirst()))
        }
    }

    /// The fields of that decoded name, decoded; nothing in place of one that is broken.
    func values(of name: String) -> [String?] {
        fields.compactMap { field in
            guard PercentCoding.decode(field.name, plusIsSpace: true).map({ $0.utf8.elementsEqual(name.utf8) }) == true
            else { return nil }
            return .some(PercentCoding.decode(field.value, plusIsSpace: true))
        }
    }

    /// The field of that name, an empty one too.
    func value(of name: String) -> Found {
        let values = values(of: name)
        guard values.allSatisfy({ $0 != nil }) else { return .refused(.characters) }
        return .single(values.compactMap(\.self))
    }
}
