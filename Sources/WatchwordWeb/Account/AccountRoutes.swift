import WatchwordCore

/// The pages of a person's own account.
enum AccountRoutes {
    /// Where somebody who is signed in begins.
    static let first = [PageRoute("", OverviewPage(), nav: "overview")]

    /// The others. Keys have a page of their own where they hang on the account and not on its agents.
    static func all(_ terms: Terms) -> [PageRoute] {
        let keys = terms.apiKeys.map { !$0.boundToAgent } ?? false
        return (keys ? [PageRoute("keys", KeysPage(), nav: "keys")] : []) + [
            PageRoute("profile", ProfilePage(), nav: "profile"), PageRoute("password", PasswordPage(), nav: "password"),
            PageRoute("sessions", SessionsPage(), nav: "sessions"), PageRoute("delete", DeletePage()),
        ]
    }
}
