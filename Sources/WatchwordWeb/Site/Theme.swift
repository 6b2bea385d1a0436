import WatchwordCore

/// The realm's own colours as a style sheet.
enum Theme {
    /// `accent` as `#rrggbb`. Empty for none or anything else.
    static func text(_ accent: String?) -> String {
        guard let color = accent.flatMap({ Color($0) }) else { return "" }
        return ":root{--accent:\(color.text);--on-accent:\(color.ink.text)}\n"
    }
}
