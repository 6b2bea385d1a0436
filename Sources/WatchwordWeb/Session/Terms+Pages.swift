import WatchwordCore

extension Terms {
    /// For whom the tokens of pages are: they open nothing of a dialect, and a dialect's tokens open no page.
    static let pagesAudience = "pages"

    /// The terms on which pages sign people in, from those of the realm's dialects: the first one's accounts, passwords,
    /// links and limits, and the API keys of the first that has them.
    ///
    /// What strangers are answered tells nobody who has an account (ASVS 5.0 6.3.8), whatever the dialects do: signing
    /// up shows no token and makes no key. `session` is how long a sign-in lasts; there is nothing to refresh.
    public static func ofPages(_ dialects: [Terms], session: Lifetime) -> Terms {
        var terms = dialects.first ?? Terms()
        terms.access = AccessTokenTerms()
        terms.access.format = .opaque(OpaqueFormat(prefix: "web_"))
        terms.access.lifetime = session
        terms.access.audience = pagesAudience
        terms.refresh = nil
        terms.session.maximum = session
        terms.accounts.signUpSignsIn = false
        terms.accounts.hidesTaken = true
        terms.accounts.updateShowsToken = false
        terms.password.changeSignsIn = true
        terms.apiKeys = dialects.lazy.compactMap(\.apiKeys).first
        terms.apiKeys?.issueOnSignUp = false
        for link in [\Terms.verify, \Terms.reset] {
            terms[keyPath: link]?.signsIn = false
            terms[keyPath: link]?.tellsUnknown = false
        }
        return terms
    }
}
