import Testing
import WatchwordCore

@testable import WatchwordEngine

@Suite("Uses counted in memory")
struct CheckUsesTests {
    private let start = Timestamp(seconds: 1_700_000_000)
    private let key = APIKey.ID("k")

    private func account(used: Int64 = 0, limit: Int64? = 3) -> Account {
        Account(id: ID("ann"), usageCount: used, usageLimit: limit, createdAt: start, updatedAt: start)
    }

    private func observed(_ account: Account) -> Uses {
        let uses = Uses()
        uses.observe(account, since: uses.mark())
        return uses
    }

    @Test("Uses count up to the limit and not beyond, and a use refused is not counted")
    func limit() {
        let uses = observed(account(used: 1))
        #expect(uses.count(account(used: 1), key, at: start) == .counted)
        #expect(uses.count(account(used: 1), key, at: start) == .counted)
        #expect(uses.count(account(used: 1), key, at: start) == .spent)
        #expect(uses.total(of: account(used: 1)) == 3)
        #expect(uses.take().counts == [ID("ann"): 2])
    }

    @Test("Without a limit every use counts")
    func unlimited() {
        let unlimited = account(limit: nil)
        let uses = observed(unlimited)
        for _ in 0..<100 { #expect(uses.count(unlimited, key, at: start) == .counted) }
        #expect(uses.total(of: unlimited) == 100)
    }

    @Test("An account that was not read yet is unknown")
    func unknown() {
        #expect(Uses().count(account(), key, at: start) == .unknown)
    }

    @Test("While a batch is written and after it the limit stands")
    func batches() {
        let uses = observed(account())
        _ = uses.count(account(), key, at: start)
        let batch = uses.take()
        #expect(batch.counts == [ID("ann"): 1])
        #expect(batch.lastUses == [key: start])
        #expect(uses.total(of: account()) == 1)
        _ = uses.count(account(), key, at: start + .seconds(1))
        uses.settle(batch)
        #expect(uses.total(of: account()) == 2)
        #expect(uses.count(account(), key, at: start) == .counted)
        #expect(uses.count(account(), key, at: start) == .spent)
        #expect(uses.take().counts == [ID("ann"): 2])
        #expect(uses.take().isEmpty)
    }

    @Test("A batch that could not be written is counted again, with the later of two times")
    func restored() {
        let uses = observed(account())
        _ = uses.count(account(), key, at: start)
        let batch = uses.take()
        uses.touch(key, at: start + .seconds(5))
        uses.restore(batch)
        #expect(uses.total(of: account()) == 1)
        let again = uses.take()
        #expect(again.counts == [ID("ann"): 1])
        #expect(again.lastUses == [key: start + .seconds(5)])
    }

    @Test("When the account changes, what the store says is read again and nothing pending is lost")
    func changed() {
        let uses = observed(account())
        _ = uses.count(account(), key, at: start)
        uses.forget(ID("ann"))
        #expect(uses.count(account(), key, at: start) == .unknown)
        uses.observe(account(used: 0, limit: 10), since: uses.mark())
        #expect(uses.total(of: account()) == 1)
        #expect(uses.take().counts == [ID("ann"): 1])
    }

    @Test("A number read while a batch was under way is not trusted for long")
    func doubtful() {
        let uses = observed(account(limit: 100))
        _ = uses.count(account(limit: 100), key, at: start)
        let batch = uses.take()
        uses.forget(ID("ann"))
        // The read happened before the batch was committed, but arrives after.
        let mark = uses.mark()
        uses.settle(batch)
        uses.observe(account(used: 0, limit: 100), since: mark)
        #expect(uses.count(account(limit: 100), key, at: start) == .counted)
        uses.settle(uses.take())
        #expect(uses.count(account(limit: 100), key, at: start) == .unknown)
        uses.observe(account(used: 2, limit: 100), since: uses.mark())
        #expect(uses.total(of: account()) == 2)
    }
}
