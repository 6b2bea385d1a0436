import Testing
import WatchwordCore

@testable import WatchwordMail

@Suite("The colours of mails")
struct MailColorsTests {
    private func html(_ color: Color?, _ kind: Mail.Kind = .reset) throws -> String {
        let site = MailSite(
            publicURL: "https://a.example", pagesURL: "https://a.example/account", support: "help@a.example",
            color: color)
        let renderer = MailRenderer(site: site, templates: try MailTemplates())
        return try #require(renderer.render(.sample(kind, publicURL: "https://a.example")).html)
    }

    @Test(
        "A button has the realm's colour, with black or white upon it",
        arguments: [("#ffd400", "#000000"), ("#102040", "#ffffff"), ("#c2185b", "#ffffff"), ("#00FF00", "#000000")])
    func button(_ text: String, _ ink: String) throws {
        let color = try #require(Color(text))
        let html = try html(color)
        #expect(html.contains("background: \(color.text); color: \(ink);"))
        #expect(!html.contains(MailColors.usual.text))
    }

    @Test("Without a colour it is that of the pages")
    func usual() throws {
        #expect(try html(nil).contains("background: #1f6f5c; color: #ffffff;"))
    }

    @Test(
        "Links can be read on both grounds, whatever the colour is",
        arguments: ["#ffffff", "#000000", "#ffd400", "#102040", "#808080", "#1f6f5c"])
    func links(_ text: String) throws {
        let colors = MailColors(Color(text))
        for light in [MailColors.light, MailColors.otherLight] { #expect(colors.link.contrast(with: light) >= 4.5) }
        for dark in [MailColors.dark, MailColors.otherDark] { #expect(colors.linkInDark.contrast(with: dark) >= 4.5) }
        let html = try html(Color(text))
        #expect(html.ranges(of: "style=\"color: \(colors.link.text);").count == 2)
        #expect(html.contains(".link { color: \(colors.linkInDark.text) !important; }"))
    }

    @Test("The grounds and texts that they are reckoned with are those of the layout")
    func grounds() throws {
        let html = try html(nil, .newSignIn)
        #expect(html.contains("background: \(MailColors.light.text); color: \(MailColors.lightText.text);"))
        let dark = "background: \(MailColors.dark.text) !important; color: \(MailColors.darkText.text) !important;"
        #expect(html.contains(dark))
    }

    @Test("Templates of a realm's own may use them")
    func templates() throws {
        let text =
            "{{<layout}}{{$content}}<a style=\"color:{{link_color}}\" href=\"{{link}}\">{{color}} {{on_color}} "
            + "{{link_color_dark}}</a>{{/content}}{{/layout}}"
        let templates = try MailTemplates(files: [("reset.html.mustache", text)], place: "")
        let site = MailSite(publicURL: "https://a.example", color: Color("#ffd400"))
        let html = MailRenderer(site: site, templates: templates).render(
            .sample(.reset, publicURL: "https://a.example")
        ).html
        #expect(html?.contains("\">#ffd400 #000000 #ffd400</a>") == true)
    }
}
