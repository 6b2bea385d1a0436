/// A path of the pages as a browser asked for it, in pieces; an empty piece is none.
struct PagePath: Hashable, Sendable {
    let pieces: [Substring]

    init(_ path: Substring) { pieces = path.split(separator: "/") }
}
