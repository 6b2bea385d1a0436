import Testing
import WatchwordCore
import WatchwordEngine

@Suite("Limits of a contract")
struct ContractLimitsTests {
    private var terms: LimitTerms {
        var terms = LimitTerms()
        terms.attempts = .init(5, in: .minutes(10))
        terms.mailbox = .init(2, in: .hours(1))
        return terms
    }

    @Test("stand in the place of the server's where the contract has some")
    func replaced() {
        let limits = ThrottleLimits().following(terms)
        #expect(limits.attempt == Limit(burst: 5, every: 120_000_000))
        #expect(limits.mailbox == Limit(burst: 2, every: 1_800_000_000))
        #expect(limits.address == ThrottleLimits().address && limits.key == ThrottleLimits().key)
    }

    @Test("turn nothing on that the operator turned off")
    func off() {
        #expect(ThrottleLimits.off.following(terms) == .off)
    }
}
