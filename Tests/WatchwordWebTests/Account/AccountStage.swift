import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordWeb

extension Stage {
    /// A realm whose contract lets people change everything, with keys of the account.
    static func whole(
        throttle: Throttle = Throttle(limits: .off), terms change: (inout Terms) -> Void = { _ in }
    ) throws -> Stage {
        try Stage(
            throttle: throttle,
            terms: { terms in
                terms.accounts.login = [.email, .username]
                terms.accounts.fields += [
                    FieldTerms(name: "age", type: .int), FieldTerms(name: "news", type: .bool, initial: .bool(false)),
                    FieldTerms(name: "hidden", type: .string),
                ]
                terms.apiKeys = APIKeyTerms()
                terms.apiKeys?.prefix = "key_"
                change(&terms)
            },
            routes: { routes in
                var update = Route(
                    method: "PATCH", path: [.literal("me")], operation: .updateAccount, reply: Reply(status: 200))
                let inputs: [InputName] = [
                    .email, .username, .name, .field("full_name"), .field("age"), .field("news"),
                ]
                update.bindings = inputs.map { Binding($0, [.body([$0.text])]) }
                routes.append(update)
            })
    }

    /// A browser in which a new account is signed in.
    func browser(_ email: String = Stage.email, name: String? = nil) async throws -> Browser {
        try await enrol(email, name: name)
        return try await another(email)
    }

    /// Another browser of the same account.
    func another(_ email: String = Stage.email) async throws -> Browser {
        var browser = Browser(self)
        let answer = try await browser.signIn(email)
        try #require(answer.status == 303, "\(answer.text)")
        return browser
    }

    /// The account as the store has it.
    func account(_ email: String = Stage.email) async throws -> Account {
        let found = try await realm.store.read { try $0.account(.email(email)) }
        return try #require(found)
    }

    /// How many mails of a kind were sent.
    func mailCount(_ kind: Mail.Kind) async throws -> Int {
        try await realm.store.read { try $0.mails(limit: 1_000) }.filter { $0.kind == kind }.count
    }

    /// Confirms the account's address, as the operator can.
    func verify(_ email: String = Stage.email) async throws {
        var account = try await account(email)
        account.emailVerified = true
        try await realm.store.write { [account] transaction in
            _ = try transaction.update(account)
            try transaction.announce(.account(account.id))
        }
        realm.memory.apply([.account(account.id)])
    }
}

extension Browser {
    /// Sends fields to a page with the token that stands in its forms.
    mutating func act(on page: String, _ fields: [(String, String)]) async throws -> WireResponse {
        let shown = try await get(page)
        let token = Browser.hidden(in: shown, action: "/account/sign-out").first { $0.0 == "form" }
        return try await post(page, [try #require(token, "\(shown.status) \(shown.text)")] + fields)
    }
}

extension WireResponse {
    /// The texts between two marks, in order.
    func texts(between start: String, and end: String) -> [String] {
        text.split(separator: start).dropFirst().map { part in
            String(part.firstRange(of: end).map { part[..<$0.lowerBound] } ?? part)
        }
    }

    /// What is said at a field, if it is wrong.
    func error(at field: String) -> String? { texts(between: "id=\"e-\(field)\">", and: "<").first }

    /// What has been done, as the redirect says.
    var done: String? { location.flatMap { $0.split(separator: "done=").dropFirst().first.map(String.init) } }
}
