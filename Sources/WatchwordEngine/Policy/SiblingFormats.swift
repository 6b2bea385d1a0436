import WatchwordCore

extension Engine {
    /// The forms in which the realm's other dialects write a token of this kind, each once. All that is found by its
    /// digest is one form: whichever dialect reads it, the same record is found.
    func siblingFormats(
        beside own: TokenFormat?, _ format: (Terms) -> TokenFormat?
    ) -> [TokenFormat] {
        var tried = own.map { [$0] } ?? []
        for format in realm.siblings.compactMap(format) where !tried.contains(where: { $0.readsLike(format) }) {
            tried.append(format)
        }
        return own == nil ? tried : Array(tried.dropFirst())
    }
}

extension TokenFormat {
    fileprivate func readsLike(_ other: TokenFormat) -> Bool {
        if case (.opaque, .opaque) = (self, other) { return true }
        return self == other
    }
}

extension Refusal {
    /// Whether nothing is known of the token, so that another reader may know it.
    var isOfNoKnownToken: Bool { code == .invalidToken || code == .wrongTokenType }
}
