import WatchwordCore
import WatchwordDialect
import WatchwordEngine

/// One request for a page: who asks, for what, with which form.
struct Visit: Sendable {
    let request: WireRequest
    /// With its principal where somebody is signed in.
    var caller: Caller
    /// Of the query.
    let query: FormBody
    /// Of the body; empty unless it is a POST.
    let form: FormBody
    /// What stands in the places of the page's path: `id`.
    let places: [String: String]
    let site: SiteParts
    /// Whether cookies are to be kept to encrypted ways.
    let isSecure: Bool
    /// What the form's token is bound to before anybody is signed in; kept in a cookie.
    let visitor: String

    var settings: SiteSettings { site.settings }
    var words: PageLibrary { site.library }
    var engine: Engine { site.engine }
    var terms: Terms { site.engine.realm.terms }

    var account: Account? { caller.principal?.account }
    var session: Session? { caller.principal?.session }

    /// Whose password a form asks for, in its page's context: password managers want to know.
    var handle: [String: Any] { (account?.email ?? account?.username).map { ["handle": $0] } ?? [:] }

    /// An address of this site, from the root.
    func address(_ path: String) -> String { path.isEmpty ? settings.path : settings.path + "/" + path }

    /// Does an operation for the caller. Every input is given a place, so that what is missing is said to be.
    func perform(_ operation: Operation, _ inputs: [(InputName, Value?)] = []) async throws -> Outcome<Grant> {
        try await engine.perform(operation, submission(inputs), caller)
    }

    func submission(_ inputs: [(InputName, Value?)]) -> Submission {
        var submission = Submission()
        for (name, value) in inputs {
            submission.bound.append(name)
            if let value { submission[name] = value }
        }
        return submission
    }
}

/// What all visits share: made once.
struct SiteParts: Sendable {
    let engine: Engine
    let dialects: [Dialect]
    let settings: SiteSettings
    let library: PageLibrary
    let assets: SiteAssets
    let cookies: CookieNames
    let links: MailLinks
    let routes: [PageRoute]
}
