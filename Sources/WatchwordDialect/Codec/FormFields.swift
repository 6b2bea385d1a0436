import WatchwordCore

/// The fields of a form or a query (the URL standard's application/x-www-form-urlencoded), still encoded:
/// only those asked for are decoded, so that nothing in the others can fail a request.
struct FormFields: Sendable {
    /// More fields than any contract has; the rest would only cost time.
    static let maximum = 100

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

    /// The field at that path, an empty one too.
    func value(at path: [String]) -> FoundInput {
        let found = Self.names(of: path).flatMap { values(of: $0) }
        guard found.allSatisfy({ $0 != nil }) else { return .refused(.characters) }
        return .single(found.compactMap(\.self))
    }

    /// The names that a path has in a form: `user.email`, and `user[email]` as Rails and PHP write it.
    static func names(of path: [String]) -> [String] {
        let dotted = path.joined(separator: ".")
        guard path.count > 1 else { return [dotted] }
        return [dotted, path[0] + path.dropFirst().map { "[\($0)]" }.joined()]
    }
}
