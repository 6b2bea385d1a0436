import WatchwordCore

/// Ends the session, by a form only: no link signs anybody out.
struct SignOutPage: Page {
    let name = "sign-out"
    let methods = ["POST"]

    func submit(_ visit: Visit) async throws -> PageAnswer {
        if visit.session != nil { _ = try await visit.perform(.signOut) }
        return .redirect("signed-out").setting(visit.endedCookie)
    }
}

/// What stands after it.
struct SignedOutPage: Page {
    let name = "signed-out"
    let methods = ["GET"]

    func show(_ visit: Visit) async throws -> PageAnswer {
        visit.account == nil ? .page(name) : .redirect("")
    }
}
