/// The realm's own colours as a style sheet.
enum Theme {
    /// `accent` as `#rrggbb`. Empty for none or anything else.
    static func text(_ accent: String?) -> String {
        guard let accent, accent.utf8.count == 7, accent.hasPrefix("#"),
            let number = UInt32(accent.dropFirst(), radix: 16)
        else { return "" }
        let onAccent = luminance(number) > 0.179 ? "#000000" : "#ffffff"
        return ":root{--accent:\(accent.lowercased());--on-accent:\(onAccent)}\n"
    }

    /// Relative luminance (WCAG 2.2): above 0.179 black has the higher contrast, below it white.
    private static func luminance(_ colour: UInt32) -> Double {
        let parts = [16, 8, 0].map { shift -> Double in
            let part = Double((colour >> UInt32(shift)) & 255) / 255
            return part <= 0.04045 ? part / 12.92 : power((part + 0.055) / 1.055)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }

    /// `base` to the power of 2.4, by Newton's method for its fifth root: no mathematics library is imported for it.
    private static func power(_ base: Double) -> Double {
        guard base > 0 else { return 0 }
        let square = base * base
        var root = 1.0
        for _ in 0..<60 { root -= (root * root * root * root * root - square) / (5 * root * root * root * root) }
        return square * root
    }
}
