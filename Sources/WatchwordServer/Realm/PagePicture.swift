import FoundationEssentials

/// The picture that stands beside a realm's name on its pages.
struct PagePicture: Sendable, Equatable {
    var bytes: [UInt8]
    /// `image/svg+xml` or `image/png`.
    var type: String

    /// It is sent to every visitor.
    static let maximumBytes = 128 * 1_024

    /// Throws `StartFailure` for a file that cannot be read, is too large, or is no picture that every browser shows.
    init(file: String, realm: String) throws {
        let subject = "`pages.logo` of realm `\(realm)`"
        guard let data = FileManager.default.contents(atPath: file) else {
            throw StartFailure(
                .configuration, "\(subject): cannot read \(file)", mend: "name a file that this user may read")
        }
        guard data.count <= Self.maximumBytes else {
            throw StartFailure(
                .configuration,
                "\(subject): \(file) has \(data.count) bytes, more than \(Self.maximumBytes / 1_024) KiB",
                mend: "make it smaller: it is shown 28 pixels high")
        }
        bytes = Array(data)
        guard let type = Self.type(of: bytes) else {
            throw StartFailure(
                .configuration, "\(subject): \(file) is neither SVG nor PNG", mend: "save it as one of them")
        }
        self.type = type
    }

    /// By what the file holds, whatever it is called.
    static func type(of bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "image/png" }
        let start = String(decoding: bytes.prefix(4_096), as: UTF8.self)
        guard !bytes.contains(0), start.drop(while: { $0.isWhitespace || $0 == "\u{FEFF}" }).hasPrefix("<"),
            start.contains("<svg")
        else { return nil }
        return "image/svg+xml"
    }
}
