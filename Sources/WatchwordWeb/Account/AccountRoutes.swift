/// The pages of a person's own account.
enum AccountRoutes {
    static func all(_ settings: SiteSettings) -> [PageRoute] { [] }
}
