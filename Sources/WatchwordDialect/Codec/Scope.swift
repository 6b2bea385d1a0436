import WatchwordCore

/// What a reply may speak of, and what of it is in hand.
struct Scope {
    var grant: Grant
    var refusal: Refusal?
    var problems: [WordedProblem] = []
    var context: ReplyContext
    var idsAreNumbers: Bool
    /// `$error.message`, where it is not the refusal's own.
    var message: String?
    /// The status of the answer, as `$error.status` says it.
    var status = 0
    /// The values of the route's extras.
    var extras: [String: Value] = [:]
    /// The route that answers, where there is one.
    var route: CompiledRoute?
    var item: Item = .none

    enum Item {
        case none
        case user(Account)
        case session(Session)
        case agent(Agent)
        case key(APIKey)
        case problem(WordedProblem)
    }

    /// Reads what `$with` names.
    mutating func readExtras() {
        guard let route, var contents = context.contents else { return }
        extras = route.extras(&contents)
        context.contents = contents
    }

    /// What `$if` asks.
    func holds(_ question: Question) -> Bool {
        switch question {
        case .fact(let slot): fact(slot).isTrue
        case .list(let list): !items(list).isEmpty
        case .isOne(let slot, let values):
            { value in values.contains { $0.isSaid(by: value) } }(
                Rendering().value(fact(slot), idsAreNumbers: idsAreNumbers))
        }
    }

    func items(_ list: List) -> [Item] {
        switch list {
        case .users: grant.users.map(Item.user)
        case .sessions: grant.sessions.map(Item.session)
        case .agents: grant.agents.map(Item.agent)
        case .apiKeys: grant.apiKeys.map(Item.key)
        case .errors: problems.map(Item.problem)
        }
    }
}

/// One problem in the dialect's words.
struct WordedProblem {
    var code: String
    /// The wire name of the input.
    var field: String
    var location: [String]
    var message: String
    /// The name of the rule, or of the refusal where it is of none.
    var rule: String
    var problem: InputProblem
}
