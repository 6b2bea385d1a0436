import WatchwordCore

/// Who one is here, whether the address is confirmed, and how much of a limit is used.
struct OverviewPage: Page {
    let name = "overview"
    let needsAccount = true

    func show(_ visit: Visit) async throws -> PageAnswer {
        switch try await visit.perform(.whoAmI) {
        case .refused(let refusal): return visit.settled(refusal) ?? .failed(refusal.pageStatus)
        case .granted(let grant):
            guard let account = grant.user else { return .failed(500) }
            return .page(name, context(account, visit))
        }
    }

    /// Sends the mail that confirms the address once more.
    func submit(_ visit: Visit) async throws -> PageAnswer {
        guard visit.terms.verify != nil else { return .failed(404) }
        switch try await visit.perform(.requestVerification) {
        case .granted: return .redirect("", done: "verification_sent")
        case .refused(let refusal):
            if let answer = visit.settled(refusal) { return answer }
            guard let account = visit.account else { return .failed(refusal.pageStatus) }
            var context = context(account, visit)
            context["errors"] = [["text": visit.words.text(refusal)]]
            var answer = PageAnswer.page(name, context, status: refusal.pageStatus)
            answer.retryAfter = refusal.retryAfter
            return answer
        }
    }

    private func context(_ account: Account, _ visit: Visit) -> [String: Any] {
        var who: [String: Any] = ["since": shown(account.createdAt)]
        for (key, text) in [("name", account.name), ("username", account.username), ("role", account.role)] {
            if let text, !text.isEmpty { who[key] = text }
        }
        if let email = account.email {
            who["address"] = ["text": email, "verified": account.emailVerified]
        }
        var context: [String: Any] = ["who": who, "links": links(visit)]
        if account.email != nil, !account.emailVerified, visit.terms.verify != nil { context["can_verify"] = true }
        if let limit = account.usageLimit, visit.terms.apiKeys?.usageLimit != nil {
            context["usage"] = [
                "count": account.usageCount, "limit": limit, "left": max(0, limit - account.usageCount),
                "spent": account.usageCount >= limit,
            ]
        }
        return context
    }

    /// What people come for, by what the realm has.
    private func links(_ visit: Visit) -> [[String: Any]] {
        visit.site.routes.compactMap { route in
            guard let nav = route.nav, visit.words.has("overview.link." + nav) else { return nil }
            return [
                "href": visit.address(route.pattern), "label": "words.nav." + nav, "text": "words.overview.link." + nav,
            ]
        }
    }
}
