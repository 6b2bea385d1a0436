import WatchwordCore
import WatchwordDialect

/// Where the links of a realm's mails lead, read off the pieces from which the engine makes them.
struct MailLinks: Sendable {
    /// One kind of link of one dialect.
    struct Link: Sendable, Hashable {
        var purpose: OneTimeTokenRecord.Purpose
        /// Which dialect's terms made its token, by its place in the realm.
        var dialect: Int
        var path: [String]
        /// The query parameters that hold the token and what stands beside it.
        var token: String?
        var account: String?
        var email: String?
        /// Of a link with a `#`: what stands behind it, before the token. Only script sees it.
        var fragment: String?
    }

    private(set) var all: [Link] = []

    init(_ dialects: [Terms]) {
        for (index, terms) in dialects.enumerated() {
            for (purpose, stated, usual) in [
                (OneTimeTokenRecord.Purpose.verify, terms.verify, "/verify-email?token="),
                (.reset, terms.reset, "/reset-password?token="),
            ] {
                var pieces = stated?.link ?? []
                if pieces.isEmpty { pieces = [.publicURL, .text(usual), .token] }
                guard let link = Link(pieces, purpose, dialect: index) else { continue }
                all.append(link)
            }
        }
    }

    /// The links that lead to a path, in order of the dialects.
    func leading(to path: [String]) -> [Link] { all.filter { $0.path == path } }
}

extension MailLinks.Link {
    /// Nothing for a link that leads elsewhere than to this realm.
    init?(_ pieces: [LinkPiece], _ purpose: OneTimeTokenRecord.Purpose, dialect: Int) {
        guard pieces.first == .publicURL else { return nil }
        // Characters that no link holds stand for what is put in.
        let text = pieces.dropFirst().map { piece in
            switch piece {
            case .text(let text): text
            case .token: "\u{1}"
            case .accountID: "\u{2}"
            case .email: "\u{3}"
            case .publicURL: ""
            }
        }.joined()
        let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let address = parts[0].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard !address[0].contains(where: { "\u{1}\u{2}\u{3}".contains($0) }) else { return nil }
        self.init(purpose: purpose, dialect: dialect, path: address[0].split(separator: "/").map(String.init))
        if address.count > 1 {
            for field in address[1].split(separator: "&") {
                let pair = field.split(separator: "=", maxSplits: 1)
                guard pair.count == 2 else { continue }
                switch pair[1] {
                case "\u{1}": token = String(pair[0])
                case "\u{2}": account = String(pair[0])
                case "\u{3}": email = String(pair[0])
                default: break
                }
            }
        }
        if parts.count > 1, let place = parts[1].firstIndex(of: "\u{1}") { fragment = String(parts[1][..<place]) }
        guard token != nil || fragment != nil else { return nil }
    }
}
