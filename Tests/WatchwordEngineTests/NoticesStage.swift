import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

extension Stage {
    /// A realm with API keys, passwords to reset and roles of the caller, for tests of what people are told.
    static func ofNotices(
        limits: ThrottleLimits = .off, _ change: (inout Terms) -> Void = { _ in }
    ) throws -> Stage {
        try Stage(limits: limits) { terms in
            terms.apiKeys = APIKeyTerms()
            terms.apiKeys?.prefix = "chatops_"
            terms.reset = OneTimeTokenTerms(lifetime: .hours(1))
            change(&terms)
        }
    }

    static let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"

    /// A caller that says what it is.
    static func caller(
        _ address: String = "192.0.2.1", agent: String? = firefox, principal: Principal? = nil
    ) -> Caller {
        Caller(
            address: ClientAddress(text: address, network: address), userAgent: agent, principal: principal)
    }

    /// What is in the outbox of those kinds, oldest first.
    func notices(_ kinds: Set<Mail.Kind> = Mail.Kind.notices) async throws -> [(to: String, content: MailContent)] {
        try await mails().reversed().filter { kinds.contains($0.kind) }.map { ($0.recipient, try content(of: $0)) }
    }

    /// The one notice there is.
    func notice(sourceLocation: SourceLocation = #_sourceLocation) async throws -> MailContent {
        let all = try await notices()
        #expect(all.count == 1, sourceLocation: sourceLocation)
        return try #require(all.last, sourceLocation: sourceLocation).content
    }

    /// Notes that the account's address is its owner's.
    func verify(_ id: Account.ID) async throws {
        _ = try granted(await Administration(engine).set([.verified(true)], of: AccountReference(id)))
    }
}
