import WatchwordCore

/// The page at the path of a mailed link that is none of the site's own, such as a contract's `/verify?token=`.
///
/// Where the token stands behind a `#`, which no browser sends, the page holds the forms of all such links, and script
/// fills in the one that is meant; without script the code is pasted on the site's own page.
struct LinkPage: Page {
    let links: [MailLinks.Link]
    let methods = ["GET"]

    init?(_ links: [MailLinks.Link]) {
        guard !links.isEmpty else { return nil }
        self.links = links
    }

    var name: String {
        guard let link = links.first, link.fragment == nil else { return "follow-link" }
        return link.purpose == .verify ? "verify-email" : "reset-password"
    }

    func show(_ visit: Visit) async throws -> PageAnswer {
        guard let first = links.first else { return .failed(404) }
        guard first.fragment == nil else { return follow(visit) }
        // Of several dialects with one path, the one whose parameter is there.
        let link = links.first { $0.token.map { visit.query[$0] != nil } ?? false } ?? first
        let mailed = MailedLink(link, visit.query)
        return switch link.purpose {
        case .verify: VerifyEmailPage().show(mailed, visit)
        case .reset: ResetPasswordPage().show(mailed, visit)
        }
    }

    private func follow(_ visit: Visit) -> PageAnswer {
        let forms = links.compactMap { link -> [String: Any]? in
            guard let fragment = link.fragment else { return nil }
            var mailed = MailedLink(link, FormBody())
            mailed.token = ""
            let form =
                switch link.purpose {
                case .verify: VerifyEmailPage().form(mailed)
                case .reset: ResetPasswordPage().form(mailed, visit)
                }
            let more = ["fragment": fragment, "lead": "words." + PageFrame.key(form.action) + ".lead"]
            return form.context(visit).merging(more) { own, _ in own }
        }
        return .page(name, ["forms": forms, "policy": visit.policy])
    }
}
