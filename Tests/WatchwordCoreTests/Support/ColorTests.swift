import Testing
import WatchwordCore

@Suite("Colours")
struct ColorTests {
    private static func every(_ step: Int) -> [Color] {
        let parts = Array(stride(from: 0, through: 255, by: step))
        return parts.flatMap { red in
            parts.flatMap { green in
                parts.map { Color(red: UInt8(red), green: UInt8(green), blue: UInt8($0)) }
            }
        }
    }

    @Test("are written `#rrggbb`, in either case")
    func text() throws {
        let color = try #require(Color("#1F6f5c"))
        #expect([color.red, color.green, color.blue] == [0x1F, 0x6F, 0x5C])
        #expect(color.text == "#1f6f5c")
    }

    @Test(
        "and no other way",
        arguments: [
            "", "#", "1f6f5c", "#1f6f5", "#1f6f5c0", "#1f6f5g", "#+1f6f5", "red", "#1f6f5c;}", " #1f6f5c", "#ａf6f5c",
        ])
    func none(_ text: String) { #expect(Color(text) == nil) }

    @Test(
        "Contrast is that of WCAG 2.2",
        arguments: [
            ("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#767676", "#ffffff", 4.54),
            ("#ff0000", "#ffffff", 4.0), ("#0000ff", "#ffffff", 8.59), ("#00ff00", "#000000", 15.3),
            ("#1f6f5c", "#1f6f5c", 1.0),
        ])
    func contrast(_ one: String, _ two: String, _ ratio: Double) throws {
        let (one, two) = (try #require(Color(one)), try #require(Color(two)))
        #expect(abs(one.contrast(with: two) - ratio) < 0.01)
        #expect(one.contrast(with: two) == two.contrast(with: one))
    }

    @Test("On every colour either black or white can be read")
    func ink() {
        #expect(Color.white.ink == .black && Color.black.ink == .white)
        for color in Self.every(17) { #expect(color.contrast(with: color.ink) >= 4.5, "\(color)") }
    }

    @Test("A colour that can be read stays as it is, and any other moves until it can")
    func readable() throws {
        let (text, dark) = (try #require(Color("#1b1f26")), try #require(Color("#14171c")))
        let blue = try #require(Color("#0000ff"))
        #expect(blue.readable(on: .white, towards: text) == blue)
        for color in Self.every(51) {
            let (light, onDark) = (color.readable(on: .white, towards: text), color.readable(on: dark, towards: .white))
            #expect(light.contrast(with: .white) >= 4.5 && onDark.contrast(with: dark) >= 4.5, "\(color)")
            #expect((light == color) == (color.contrast(with: .white) >= 4.5), "\(color)")
        }
        // Where nothing on the way can be read, the end of it is what is left.
        #expect(Color.white.readable(on: .white, towards: .white) == .white)
    }
}
