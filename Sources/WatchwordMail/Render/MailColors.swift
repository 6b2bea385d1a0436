import WatchwordCore

/// The colours of a mail's HTML that are the realm's own. Whatever its colour is, all can be read: 4.5 to 1 at least
/// (WCAG 2.2, 1.4.3), in light and in dark.
struct MailColors {
    /// That of the pages, where a realm says nothing.
    static let usual = Color(red: 0x1F, green: 0x6F, blue: 0x5C)
    /// What `layout.html.mustache` has behind its text, and that text, in light and in dark.
    static let light = Color.white
    static let lightText = Color(red: 0x1B, green: 0x1F, blue: 0x26)
    static let dark = Color(red: 0x14, green: 0x17, blue: 0x1C)
    static let darkText = Color(red: 0xE7, green: 0xEA, blue: 0xEE)

    /// Grounds nearer to the middle, which some mail programs have in the place of those: links are readable there too.
    static let otherLight = Color(red: 0xEE, green: 0xEE, blue: 0xEE)
    static let otherDark = Color(red: 0x2D, green: 0x2F, blue: 0x33)

    let button: Color
    let buttonText: Color
    let link: Color
    let linkInDark: Color

    init(_ color: Color?) {
        button = color ?? Self.usual
        buttonText = button.ink
        link = button.readable(on: Self.otherLight, towards: Self.lightText)
        linkInDark = button.readable(on: Self.otherDark, towards: Self.darkText)
    }

    /// By the names that templates have for them.
    var values: [String: Any] {
        [
            "color": button.text, "on_color": buttonText.text, "link_color": link.text,
            "link_color_dark": linkInDark.text,
        ]
    }
}
