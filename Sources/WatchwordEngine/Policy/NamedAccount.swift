import WatchwordCore

extension Engine {
    /// The word that stands for the caller in the place of an id.
    static let ownName = "me"

    /// Whether a path or body names somebody else's account where an operation acts for its caller, as
    /// `PUT /users/{user_id}/password` can. An id that is unknown and one that is another's are refused alike.
    func isForeign(_ submission: Submission, _ principal: Principal) -> Bool {
        switch submission[.userID] {
        case nil, .null: false
        case .string(let text): text != Self.ownName && text != principal.account.id.text
        case .int(let number): String(number) != principal.account.id.text
        default: true
        }
    }

    /// Whether the caller may see accounts that are not its own: every one may where the contract lets users see
    /// each other, and elsewhere those of certain roles.
    func seesOthers(_ principal: Principal) -> Bool {
        terms.accounts.usersSeeUsers || isAdministrator(principal)
    }

    /// Whether the caller has one of the roles that the contract lets see others.
    func isAdministrator(_ principal: Principal) -> Bool {
        principal.account.role.map { terms.accounts.administrators.contains($0) } ?? false
    }
}
