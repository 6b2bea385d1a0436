/// One key of `watchword.yaml`: where it stands, what it holds, and what it is without being written.
///
/// The tables in `ConfigurationKey+Table.swift` are the only place where a key exists: the file is checked
/// against them, the environment variables are named by them, and the reference is printed from them.
struct ConfigurationKey: Sendable {
    /// From the root of the file; of a realm's key, from the realm.
    var path: [String]
    var kind: Kind
    /// What holds where nothing is written, in words; nothing if there is no such value.
    var initial: String?
    /// What it is for: one or two sentences.
    var summary: String

    init(_ path: String, _ kind: Kind, initial: String?, _ summary: String) {
        self.path = path.split(separator: ".").map(String.init)
        self.kind = kind
        self.initial = initial
        self.summary = summary
    }

    /// Keys that there are not, and what to do instead.
    static let mends = [
        "mail.smtp.password": ": secrets do not stand here; use `password_file` or the variable SMTP_PASSWORD"
    ]

    var pathText: String { path.joined(separator: ".") }

    /// What a value must be.
    enum Kind: Sendable, Equatable {
        case text
        /// A file or folder. Written in the file, it is relative to the file's folder.
        case path
        case integer(ClosedRange<Int>)
        case flag
        case choice([String])
        /// An address to listen on: `127.0.0.1`, `::1`, `localhost`.
        case host
        /// Somebody who sends mail: `no-reply@example.com` or `Shop <no-reply@example.com>`.
        case mailbox
        /// An origin: scheme, host and perhaps a port, no path.
        case origin
        /// A list of networks, `10.0.0.0/8`; a single address is a network of one.
        case networks
        case origins
        case hosts
        /// A list of dialects; the file may have a mapping in its place.
        case dialects
        /// A path of a URL, without a query.
        case urlPath
        /// The name of a header field.
        case fieldName
        /// `#rrggbb`.
        case color
        /// Where people ask for help.
        case contact

        var isList: Bool { [.networks, .origins, .hosts, .dialects].contains(self) }

        /// What it must be, to end the sentence "must be ...".
        var requirement: String {
            switch self {
            case .text: "text"
            case .path: "a path"
            case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
            case .flag: "`true` or `false`"
            case .choice(let words): words.map { "`\($0)`" }.joined(separator: " or ")
            case .host: "an address or a host name"
            case .mailbox: "an address such as `no-reply@example.com` or `Shop <no-reply@example.com>`"
            case .origin: "an origin such as `https://auth.example.com`, without a path"
            case .networks: "a list of networks such as `10.0.0.0/8`"
            case .origins: "a list of origins such as `https://app.example.com`"
            case .hosts: "a list of host names such as `api.example.com`"
            case .dialects: "a list of dialects, or a mapping of names to their keys"
            case .urlPath: "a path such as `/_watchword/forward-auth`, of letters, digits, `-`, `_`, `.` and `/`"
            case .fieldName: "the name of a header field, of letters, digits and hyphens"
            case .color: "a colour such as `#1f6f5c`, in quotes, for `#` begins a comment"
            case .contact: "an address such as `help@example.com`, or a URL that begins with `https://`"
            }
        }
    }
}
