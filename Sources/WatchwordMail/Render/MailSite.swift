import WatchwordCore

/// What mails say of the place they come from.
public struct MailSite: Sendable, Equatable {
    /// What people call it.
    public var name: String
    /// The realm's public URL: links begin with it, whatever a request said.
    public var publicURL: String
    /// Where people look after their account; nothing without pages.
    public var pagesURL: String?
    /// Where they get help: an address or a URL.
    public var support: String?
    /// That of buttons; nothing for the usual one of the pages.
    public var color: Color?

    /// `name`: nothing for the host of the public URL.
    public init(
        name: String? = nil, publicURL: String, pagesURL: String? = nil, support: String? = nil, color: Color? = nil
    ) {
        self.publicURL = publicURL
        self.pagesURL = pagesURL
        self.support = support
        self.color = color
        let start = publicURL.firstRange(of: "://")?.upperBound ?? publicURL.startIndex
        self.name = name ?? String(publicURL[start...].prefix { $0 != "/" })
    }
}
