import WatchwordCore

/// One thing an operator sets of an account.
public enum AccountChange: Hashable, Sendable {
    /// Another address has yet to be verified, and links sent to the old one are void.
    case email(String?)
    case username(String?)
    case name(String?)
    case role(String)
    case verified(Bool)
    /// Uses counted so far.
    case usageCount(Int64)
    /// Uses allowed in all; nothing for no limit.
    case usageLimit(Int64?)
    /// A typed extra; null for its initial value.
    case field(String, Value)
}

extension Administration {
    /// Sets these things of an account, all or none.
    ///
    /// Refuses `notFound`, `conflict`, `validation`, `emailTaken`, `usernameTaken`.
    public func set(_ changes: [AccountChange], of reference: AccountReference) async throws -> Outcome<Account> {
        try await change(reference) { old, now, transaction in
            var account = old
            var rules = AccountRules(engine.terms)
            for change in changes { apply(change, to: &account, &rules) }
            if let refusal = rules.refusal { return .refused(refusal) }
            let isReaddressed = account.email.map(Identifier.key) != old.email.map(Identifier.key)
            if isReaddressed { account.emailVerified = changes.contains(.verified(true)) }
            account.updatedAt = now
            if let taken = try transaction.update(account) { return .refused(taken.refusalCode) }
            if isReaddressed || account.username.map(Identifier.key) != old.username.map(Identifier.key) {
                try engine.distrustOldTokens(of: account.id, at: now, in: transaction)
            }
            if isReaddressed {
                for purpose in OneTimeTokenRecord.Purpose.allCases {
                    try transaction.voidOneTimeTokens(of: account.id, purpose: purpose, at: now)
                }
                try engine.notify(ofReaddressing: old, to: account, by: nil, at: now, in: transaction)
            }
            try transaction.addUsage(account.usageCount - old.usageCount, to: account.id)
            try transaction.announce(.account(account.id))
            try transaction.append(
                event(
                    .accountUpdate, at: now, account: account.id,
                    detail: changes.map(\.subject).joined(separator: " ")))
            return .granted(account)
        }
    }

    private func apply(_ change: AccountChange, to account: inout Account, _ rules: inout AccountRules) {
        switch change {
        case .email(let text): account.email = rules.identifier(.email, text)
        case .username(let text): account.username = rules.identifier(.username, text)
        case .name(let text): account.name = rules.name(text)
        case .role(let text): account.role = rules.role(text)
        case .verified(let isVerified): account.emailVerified = isVerified
        case .usageCount(let count): account.usageCount = rules.usage(count, "usage_count") ?? 0
        case .usageLimit(let limit): account.usageLimit = rules.usage(limit, "usage_limit")
        case .field(let name, let value): account.fields[name] = rules.field(name, value)
        }
    }
}

extension AccountChange {
    /// What it sets, for the record, which holds no values.
    fileprivate var subject: String {
        switch self {
        case .email: "email"
        case .username: "username"
        case .name: "name"
        case .role(let role): "role=\(role)"
        case .verified(let isVerified): "verified=\(isVerified)"
        case .usageCount: "usage_count"
        case .usageLimit: "usage_limit"
        case .field(let name, _): name
        }
    }
}
