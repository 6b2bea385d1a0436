/// An opaque colour of sRGB, and how well one can be read on another.
public struct Color: Hashable, Sendable {
    public var red: UInt8
    public var green: UInt8
    public var blue: UInt8

    public static let black = Color(red: 0, green: 0, blue: 0)
    public static let white = Color(red: 255, green: 255, blue: 255)

    public init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// `#rrggbb`, in either case; nothing for any other text.
    public init?(_ text: String) {
        guard text.hasPrefix("#"),
            let bytes = TextEncoding.hex.decode(Array(text.lowercased().utf8.dropFirst()), count: 3)
        else { return nil }
        self.init(red: bytes[0], green: bytes[1], blue: bytes[2])
    }

    /// `#rrggbb`.
    public var text: String { "#" + TextEncoding.hex.encode([red, green, blue]) }

    /// Contrast ratio (WCAG 2.2): 1 for equal colours, 21 for black and white.
    public func contrast(with other: Color) -> Double {
        let (one, two) = (luminance, other.luminance)
        return (max(one, two) + 0.05) / (min(one, two) + 0.05)
    }

    /// Black or white, whichever can be read better on it: the contrast is 4.5 at least.
    public var ink: Color { contrast(with: .black) > contrast(with: .white) ? .black : .white }

    /// Itself, or the nearest of its mixtures with `ink` whose contrast with `ground` is 4.5 at least; `ink` where there
    /// is none.
    public func readable(on ground: Color, towards ink: Color) -> Color {
        let steps = 32
        return (0..<steps).lazy.map { mixed(with: ink, $0, of: steps) }.first { $0.contrast(with: ground) >= 4.5 }
            ?? ink
    }

    private func mixed(with other: Color, _ part: Int, of whole: Int) -> Color {
        func mix(_ one: UInt8, _ two: UInt8) -> UInt8 {
            UInt8((Int(one) * (whole - part) + Int(two) * part) / whole)
        }
        return Color(red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
    }

    /// Relative luminance (WCAG 2.2).
    private var luminance: Double {
        let parts = [red, green, blue].map { byte -> Double in
            let part = Double(byte) / 255
            return part <= 0.04045 ? part / 12.92 : Self.power((part + 0.055) / 1.055)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }

    /// `base` to the power of 2.4, by Newton's method for its fifth root: no mathematics library is imported for it.
    private static func power(_ base: Double) -> Double {
        let square = base * base
        var root = 1.0
        for _ in 0..<60 { root -= (root * root * root * root * root - square) / (5 * root * root * root * root) }
        return square * root
    }
}
