import WatchwordCore
import WatchwordDialect

/// The fields of a form or a query (the URL standard's application/x-www-form-urlencoded), decoded.
struct FormBody: Sendable, Equatable {
    /// The most bytes and fields that a form of ours can need.
    static let maximumBytes = 65_536
    static let maximumFields = 100

    private(set) var fields: [(name: String, value: String)] = []

    enum Flaw: Error, Equatable {
        /// Another content type than forms have: 415.
        case media
        /// Too long, or too many fields: 413.
        case size
        /// A broken escape, bytes that are not UTF-8, a NUL: 400.
        case encoding
    }

    init() {}

    init(_ encoded: some Collection<UInt8>) throws(Flaw) {
        guard encoded.count <= Self.maximumBytes else { throw .size }
        for part in Array(encoded).split(separator: UInt8(ascii: "&")) {
            guard fields.count < Self.maximumFields else { throw .size }
            let split = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
            guard let name = PercentCoding.decode(part[..<split], plusIsSpace: true),
                let value = PercentCoding.decode(part[split...].dropFirst(), plusIsSpace: true),
                !name.utf8.contains(0), !value.utf8.contains(0)
            else { throw .encoding }
            fields.append((name, value))
        }
    }

    /// The body of a POST, whose content type must be that of forms.
    init(of request: WireRequest) throws(Flaw) {
        let type = request.header("content-type")?.prefix { $0 != ";" } ?? ""
        guard Identifier.key(String(type)) == "application/x-www-form-urlencoded" else { throw .media }
        try self.init(request.body)
    }

    /// The value of the only field of that name, byte for byte; nothing where there is none, or are several.
    subscript(name: String) -> String? {
        let found = all(name)
        return found.count == 1 ? found[0] : nil
    }

    /// The values of all fields of that name, in order.
    func all(_ name: String) -> [String] {
        fields.filter { $0.name.utf8.elementsEqual(name.utf8) }.map(\.value)
    }

    /// Whether a field stands twice where a form of ours has it once: no browser does that.
    func repeats(_ name: String) -> Bool { all(name).count > 1 }

    static func == (left: FormBody, right: FormBody) -> Bool {
        left.fields.elementsEqual(right.fields) { $0 == $1 }
    }
}
