import WatchwordCore
import WatchwordDialect
import WatchwordEngine

/// What every page's context has: the site, who is signed in, where else one can go.
struct PageFrame {
    let site: SiteParts
    /// The page's name.
    let page: String

    /// Without anybody: pages of errors and faults.
    func context() -> [String: Any] {
        let settings = site.settings
        var about: [String: Any] = ["name": settings.name]
        if let logo = site.assets.addresses["logo"] { about["logo"] = logo }
        if let support = settings.support {
            about["support"] = support
            about["support_href"] = support.hasPrefix("https://") ? support : "mailto:" + support
        }
        var context: [String: Any] = [
            "site": about, "path": settings.path, "page": page, "assets": site.assets.addresses, "signed_in": false,
            "title": "words." + Self.key(page) + ".title", "language": settings.words.language,
            "direction": settings.words.isRightToLeft ? "rtl" : "ltr",
        ]
        if let agents = settings.agents { context["noun"] = nouns(agents) }
        return context
    }

    func context(of visit: Visit) -> [String: Any] {
        var context = context()
        context["form_token"] = FormToken(visit.caller, visitor: visit.visitor, site.engine.sealer).text
        if let done = visit.query["done"], Self.isKey(done), site.library.has("done." + done) {
            context["done"] = "words.done." + done
        }
        guard let account = visit.account else { return context }
        context["signed_in"] = true
        var shown: [String: Any] = ["name": account.name ?? account.username ?? account.email ?? account.id.text]
        if let email = account.email { shown["email"] = email }
        context["account"] = shown
        context["nav"] = site.routes.compactMap { route -> [String: Any]? in
            guard let nav = route.nav else { return nil }
            return [
                "href": visit.address(route.pattern), "label": "words.nav." + nav,
                "current": isWithin(route, visit.request.path),
            ]
        }
        return context
    }

    /// What agents are called, in small letters and at the beginning of a text.
    private func nouns(_ agents: AgentWords) -> [String: Any] {
        let dialect = ["dialect": ["agent": agents.one, "agents": agents.many]]
        let (one, many) = (site.library.text("noun.one", dialect), site.library.text("noun.many", dialect))
        return ["one": one, "many": many, "One": Self.capital(one), "Many": Self.capital(many)]
    }

    private func isWithin(_ route: PageRoute, _ path: String) -> Bool {
        let below = PageRouter.pieces(path).dropFirst(PageRouter.pieces(site.settings.path).count)
        return route.pieces.isEmpty ? below.isEmpty : below.starts(with: route.pieces.map(String.init))
    }

    /// The part of a words key that a page's name is: `sign-in` is `sign_in`.
    static func key(_ page: String) -> String { page.split(separator: "-").joined(separator: "_") }

    private static func isKey(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x5F }
    }

    private static func capital(_ word: String) -> String { word.prefix(1).uppercased() + word.dropFirst() }
}
