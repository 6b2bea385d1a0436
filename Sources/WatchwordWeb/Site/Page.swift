import WatchwordCore

/// One page: what it shows, and what its form does.
protocol Page: Sendable {
    /// What the page is called: its class in the style sheet, its template, and its title's key in the words.
    var name: String { get }
    /// Whether it needs somebody; without, the site leads to sign-in.
    var needsAccount: Bool { get }
    /// GET, POST, or both.
    var methods: [String] { get }

    /// Shows it. Changes nothing.
    func show(_ visit: Visit) async throws -> PageAnswer
    /// Does what its form asks for. The site has already checked where the request comes from and the form's token.
    func submit(_ visit: Visit) async throws -> PageAnswer
}

extension Page {
    var needsAccount: Bool { false }
    var methods: [String] { ["GET", "POST"] }
    func show(_ visit: Visit) async throws -> PageAnswer { .failed(404) }
    func submit(_ visit: Visit) async throws -> PageAnswer { .failed(404) }
}

/// A page and its place below the site's prefix.
struct PageRoute: Sendable {
    /// Pieces with `/` between; `{id}` takes any one piece. Empty for the prefix itself.
    let pattern: String
    let page: any Page
    /// The words key of its entry in the navigation, `nav.` before it; nothing for none.
    let nav: String?

    init(_ pattern: String, _ page: any Page, nav: String? = nil) {
        self.pattern = pattern
        self.page = page
        self.nav = nav
    }

    var pieces: [Substring] { pattern.split(separator: "/") }

    /// What stands in the places of the pattern; nothing where the path is another.
    func match(_ path: [String]) -> [String: String]? {
        let pieces = pieces
        guard pieces.count == path.count else { return nil }
        var places: [String: String] = [:]
        for (piece, text) in zip(pieces, path) {
            if piece.hasPrefix("{"), piece.hasSuffix("}") {
                guard !text.isEmpty else { return nil }
                places[String(piece.dropFirst().dropLast())] = text
            } else if piece != text {
                return nil
            }
        }
        return places
    }
}
