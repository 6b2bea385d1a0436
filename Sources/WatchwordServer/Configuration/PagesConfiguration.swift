import WatchwordCore

/// What an operator decides of a realm's pages.
public struct PagesConfiguration: Sendable, Equatable {
    public var isEnabled = true
    /// With a slash before and none behind.
    public var path = "/account"
    /// Nothing for what the dialect says, or the realm's name.
    public var name: String?
    /// The file of a picture.
    public var logo: String?
    /// `#rrggbb`; nothing for ours.
    public var color: String?
    /// The file of its own words.
    public var words: String?
    /// An address or an `https:` URL.
    public var support: String?
    /// How long a sign-in lasts.
    public var session = Lifetime.hours(12)

    public init() {}
}

extension ConfigurationLoader {
    mutating func pages(_ scope: ConfigurationScope) -> PagesConfiguration {
        var pages = PagesConfiguration()
        pages.isEnabled = source.flag("pages.enabled", of: scope) ?? true
        if let path = source.text("pages.path", of: scope) {
            pages.path = path
            if path.hasSuffix("/") || path.split(separator: "/").contains(".") {
                source.note(
                    ConfigurationMistake(
                        source.place(of: "pages.path", in: scope),
                        "`pages.path` must have something behind its slash and no slash behind that, such as `/account`"
                    ))
            }
        }
        pages.name = source.text("pages.name", of: scope)
        pages.logo = source.path("pages.logo", of: scope)
        pages.color = source.text("pages.color", of: scope)
        pages.words = source.path("pages.words", of: scope)
        pages.support = source.text("pages.support", of: scope)
        if let hours = source.integer("pages.session_hours", of: scope) { pages.session = .hours(Int64(hours)) }
        return pages
    }
}
