import WatchwordCore
import WatchwordDialect

/// What differs outside routes and refusals.
struct SectionDifference {
    private(set) var differences: [Difference] = []

    init(_ old: Dialect, _ new: Dialect) {
        if old.slash != new.slash {
            add(
                new.slash == .exact ? .breaking : .compatible, "slash",
                new.slash == .exact ? "a slash at the end of a path matters" : "a slash at the end of a path is ignored"
            )
        }
        for origin in old.origins where !new.origins.contains(origin) {
            add(.breaking, "cors", "`\(origin)` may not read answers")
        }
        for origin in new.origins where !old.origins.contains(origin) {
            add(.compatible, "cors", "`\(origin)` may read answers")
        }
        if old.originsMayUseCookies != new.originsMayUseCookies {
            add(
                new.originsMayUseCookies ? .compatible : .breaking, "cors.credentials",
                new.originsMayUseCookies ? "pages elsewhere may use cookies" : "pages elsewhere may not use cookies")
        }
        compareAccounts(old.terms.accounts, new.terms.accounts)
        comparePassword(old.terms.password, new.terms.password)
        compareTokens(old, new)
        compareAPIKeys(old.terms.apiKeys, new.terms.apiKeys)
        compareMail(old.terms, new.terms)
        comparePages(old.pages, new.pages)
        compareMessages(old, new)
        compareLimits(old.terms.limits, new.terms.limits)
        compareAccepted(old.terms.accepted, new.terms.accepted)
    }

    mutating func add(_ weight: Difference.Weight, _ place: String, _ text: String) {
        differences.append(Difference(weight, place, text))
    }

    private mutating func compareAccounts(_ old: AccountTerms, _ new: AccountTerms) {
        if old.idFormat != new.idFormat { add(.breaking, "users.id", "ids have another form") }
        for kind in old.login where !new.login.contains(kind) {
            add(.breaking, "users.login", "nobody signs in by \(kind.rawValue)")
        }
        for kind in new.login where !old.login.contains(kind) {
            add(.compatible, "users.login", "people sign in by \(kind.rawValue)")
        }
        if old.login != new.login, Set(old.login) == Set(new.login) {
            add(.behaviour, "users.login", "is tried in another order")
        }
        compareSight(old, new)
        for role in old.roles where !new.roles.contains(role) { add(.behaviour, "users.roles", "`\(role)` is gone") }
        for role in new.roles where !old.roles.contains(role) { add(.compatible, "users.roles", "`\(role)` is new") }
        if old.roles.first != new.roles.first, let role = new.roles.first {
            add(.behaviour, "users.roles", "a new account is `\(role)`")
        }
        if old.requireVerified != new.requireVerified {
            add(
                .behaviour, "users.require_verified",
                new.requireVerified ? "signing in needs a verified address" : "signing in needs no verified address")
        }
        if old.signUpOpen != new.signUpOpen {
            add(.behaviour, "users.open", new.signUpOpen ? "strangers may sign up" : "strangers may not sign up")
        }
        if old.hidesTaken != new.hidesTaken {
            add(
                .behaviour, "users.hide_taken",
                new.hidesTaken ? "sign-up does not tell what is taken" : "sign-up tells what is taken")
        }
        for field in old.fields {
            guard let other = new.fields.first(where: { $0.name == field.name }) else {
                add(.behaviour, "users.fields", "`\(field.name)` is gone")
                continue
            }
            if other.type != field.type {
                add(.breaking, "users.fields", "`\(field.name)` is a \(other.type.rawValue)")
            }
            if other.initial != field.initial {
                add(.behaviour, "users.fields", "`\(field.name)` begins as \(JSON.text(other.initial))")
            }
            if other.maximum != field.maximum {
                add(
                    other.maximum < field.maximum ? .breaking : .compatible, "users.fields",
                    "`\(field.name)` has at most \(other.maximum) characters, had \(field.maximum)")
            }
        }
        for field in new.fields where !old.fields.contains(where: { $0.name == field.name }) {
            add(.compatible, "users.fields", "`\(field.name)` is new")
        }
    }

    private mutating func comparePassword(_ old: PasswordTerms, _ new: PasswordTerms) {
        if new.minimum != old.minimum {
            add(
                new.minimum > old.minimum ? .breaking : .compatible, "password.min",
                "\(new.minimum) characters, was \(old.minimum)")
        }
        if new.maximum != old.maximum {
            add(
                new.maximum < old.maximum ? .breaking : .compatible, "password.max",
                "\(new.maximum) characters, was \(old.maximum)")
        }
        if new.refuseCommon != old.refuseCommon {
            add(
                new.refuseCommon ? .breaking : .compatible, "password.common",
                new.refuseCommon ? "common passwords are refused" : "common passwords are taken")
        }
        for kind in new.classes where !old.classes.contains(kind) {
            add(.breaking, "password.classes", "needs a character of `\(kind.rawValue)`")
        }
        for kind in old.classes where !new.classes.contains(kind) {
            add(.compatible, "password.classes", "needs no character of `\(kind.rawValue)`")
        }
        if new.leastClasses != old.leastClasses {
            add(
                new.leastClasses > old.leastClasses ? .breaking : .compatible, "password.classes",
                "needs characters of \(new.leastClasses) classes, needed \(old.leastClasses)")
        }
    }

    private mutating func compareTokens(_ old: Dialect, _ new: Dialect) {
        let (before, after) = (old.terms, new.terms)
        differences += TokenDifference.compare(
            "tokens.access", (before.access.format, before.access.lifetime, old.keys),
            (after.access.format, after.access.lifetime, new.keys))
        switch (before.refresh, after.refresh) {
        case (let first?, let second?):
            differences += TokenDifference.compare(
                "tokens.refresh", (first.format, first.lifetime, old.keys), (second.format, second.lifetime, new.keys))
            if first.use != second.use {
                let text = second.use == .rotate ? "is exchanged for a new one" : "stays the same until its end"
                add(second.use == .rotate ? .breaking : .behaviour, "tokens.refresh.use", text)
            }
            if first.grace != second.grace {
                add(.behaviour, "tokens.refresh.reuse_grace", "\(second.grace.seconds) s, was \(first.grace.seconds) s")
            }
        case (_?, nil): add(.breaking, "tokens.refresh", "there are no refresh tokens")
        case (nil, _?): add(.compatible, "tokens.refresh", "there are refresh tokens")
        case (nil, nil): break
        }
        differences += TokenDifference.lifetimes("session.max", before.session.maximum, after.session.maximum)
    }

    private mutating func compareAPIKeys(_ old: APIKeyTerms?, _ new: APIKeyTerms?) {
        switch (old, new) {
        case (_?, nil): add(.breaking, "api_keys", "there are no API keys")
        case (nil, _?): add(.compatible, "api_keys", "there are API keys")
        case (let before?, let after?) where before != after:
            if before.prefix != after.prefix {
                add(.behaviour, "api_keys.prefix", "`\(after.prefix)`, was `\(before.prefix)`")
            }
            if before.shown != after.shown {
                add(after.shown == .once ? .breaking : .behaviour, "api_keys.shown", after.shown.rawValue)
            }
            var rest = before
            (rest.prefix, rest.shown) = (after.prefix, after.shown)
            if rest != after { add(.behaviour, "api_keys", "keys are made in another way") }
        default: break
        }
    }

    private mutating func compareMail(_ old: Terms, _ new: Terms) {
        for (name, before, after) in [("verify", old.verify, new.verify), ("reset", old.reset, new.reset)] {
            switch (before, after) {
            case (_?, nil): add(.behaviour, "tokens.\(name)", "no such mail is sent")
            case (nil, _?): add(.behaviour, "tokens.\(name)", "such a mail is sent")
            case (let first?, let second?):
                differences += TokenDifference.lifetimes("tokens.\(name).ttl", first.lifetime, second.lifetime)
                if first.link != second.link { add(.behaviour, "mail.\(name)", "the link is another") }
                if first.format != second.format {
                    add(.behaviour, "tokens.\(name)", "is written in another way")
                }
                if first.isSentUnasked != second.isSentUnasked {
                    add(
                        .behaviour, "tokens.\(name).send",
                        second.isSentUnasked ? "is mailed at sign-up" : "is mailed only when it is asked for")
                }
            default: break
            }
        }
    }

    private mutating func comparePages(_ old: PagesTerms?, _ new: PagesTerms?) {
        let (before, after) = (old ?? PagesTerms(), new ?? PagesTerms())
        if before.name != after.name {
            let name = after.name.map { "`\($0)`" } ?? "called as its realm is"
            add(.behaviour, "pages.name", "the product is \(name)")
        }
        if before.agent != after.agent {
            add(.behaviour, "pages.agent", "an agent is a `\(after.agent)`, was a `\(before.agent)`")
        }
        if before.agents != after.agents {
            add(.behaviour, "pages.agents", "their pages are under `\(after.agents)`, were under `\(before.agents)`")
        }
    }

    private mutating func compareMessages(_ old: Dialect, _ new: Dialect) {
        for rule in InputRule.allCases where old.messages[rule] != new.messages[rule] {
            add(.behaviour, "messages.\(rule.rawValue)", "is worded in another way")
        }
    }
}
