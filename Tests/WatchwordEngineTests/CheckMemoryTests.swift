import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("The memory of verified credentials")
struct CheckMemoryTests {
    private let start = Timestamp(seconds: 1_700_000_000)
    private let end = Timestamp(seconds: 1_700_003_600)

    private func principal(_ account: String, _ session: String) -> Principal {
        Principal(
            account: Account(id: ID(account), createdAt: start, updatedAt: start),
            proof: .session(
                Session(
                    id: ID(session), accountID: ID(account), method: "pwd", address: nil, userAgent: nil,
                    createdAt: start, expiresAt: end)))
    }

    private func key(_ text: String) -> CredentialKey { CredentialKey(Secret(text)) }

    @Test("A credential is known until its end, and nobody else's is")
    func known() {
        let cache = CredentialCache(capacity: 100)
        let ann = principal("ann", "s1")
        cache.remember(key("t1"), ann, until: end, since: cache.mark())
        #expect(cache.find(key("t1"), at: start) === ann)
        #expect(cache.find(key("t2"), at: start) == nil)
        #expect(cache.find(key("t1"), at: end) == nil)
        #expect(cache.lookups == (hits: 1, misses: 2))
    }

    @Test("A change forgets what it concerns and nothing else")
    func forgotten() {
        let cache = CredentialCache(capacity: 100)
        cache.remember(key("t1"), principal("ann", "s1"), until: end, since: cache.mark())
        cache.remember(key("t2"), principal("ann", "s1"), until: end, since: cache.mark())
        cache.remember(key("t3"), principal("ann", "s2"), until: end, since: cache.mark())
        cache.remember(key("t4"), principal("bob", "s3"), until: end, since: cache.mark())
        cache.forget([.session(ID("s1"))])
        #expect(cache.find(key("t1"), at: start) == nil)
        #expect(cache.find(key("t2"), at: start) == nil)
        #expect(cache.find(key("t3"), at: start) != nil)
        cache.forget([.account(ID("ann"))])
        #expect(cache.find(key("t3"), at: start) == nil)
        #expect(cache.find(key("t4"), at: start) != nil)
        #expect(cache.count == 1)
    }

    @Test("A key of an account is forgotten with the key")
    func keys() {
        let cache = CredentialCache(capacity: 100)
        let account = Account(id: ID("ann"), createdAt: start, updatedAt: start)
        let apiKey = APIKey(id: ID("k"), accountID: ID("ann"), digest: TokenDigest([]), hint: "", createdAt: start)
        cache.remember(
            key("t"), Principal(account: account, proof: .apiKey(apiKey)), until: end, since: cache.mark())
        cache.forget([.apiKey(ID("other"))])
        #expect(cache.find(key("t"), at: start) != nil)
        cache.forget([.apiKey(ID("k"))])
        #expect(cache.find(key("t"), at: start) == nil)
    }

    @Test("What was read before a change is not remembered after it")
    func race() {
        let cache = CredentialCache(capacity: 100)
        let mark = cache.mark()
        cache.forget([.session(ID("s1"))])
        cache.remember(key("t1"), principal("ann", "s1"), until: end, since: mark)
        #expect(cache.find(key("t1"), at: start) == nil)
        cache.remember(key("t2"), principal("bob", "s2"), until: end, since: mark)
        #expect(cache.find(key("t2"), at: start) != nil)
        cache.remember(key("t1"), principal("ann", "s1"), until: end, since: cache.mark())
        #expect(cache.find(key("t1"), at: start) != nil)
    }

    @Test("A read so old that the changes since are no longer known is not remembered")
    func oldRead() {
        let cache = CredentialCache(capacity: 100)
        let mark = cache.mark()
        for number in 0..<5_000 { cache.forget([.session(ID("other \(number)"))]) }
        cache.remember(key("t1"), principal("ann", "s1"), until: end, since: mark)
        #expect(cache.find(key("t1"), at: start) == nil)
    }

    @Test("It stays within its bound, and what it dropped can still be forgotten")
    func bounded() {
        let cache = CredentialCache(capacity: 64)
        for number in 0..<1_000 {
            cache.remember(
                key("t\(number)"), principal("a\(number % 10)", "s\(number)"), until: end, since: cache.mark())
            #expect(cache.count <= 64)
        }
        #expect(cache.find(key("t999"), at: start) != nil)
        for account in 0..<10 { cache.forget([.account(ID("a\(account)"))]) }
        #expect(cache.count == 0)
        cache.remember(key("t1"), principal("ann", "s1"), until: end, since: cache.mark())
        #expect(cache.count == 1)
    }

    @Test("Whatever is remembered and forgotten in whatever order, it knows what stands and no more")
    func model() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        let cache = CredentialCache(capacity: 100_000)
        var model: [String: (account: String, session: String)] = [:]
        for step in 0..<4_000 {
            let account = "a\(Int.random(in: 0..<8, using: &generator))"
            let session = "\(account) s\(Int.random(in: 0..<4, using: &generator))"
            switch Int.random(in: 0..<10, using: &generator) {
            case 0:
                cache.forget([.account(ID(account))])
                model = model.filter { $0.value.account != account }
            case 1:
                cache.forget([.session(ID(session))])
                model = model.filter { $0.value.session != session }
            default:
                cache.remember(key("t\(step)"), principal(account, session), until: end, since: cache.mark())
                model["t\(step)"] = (account, session)
            }
        }
        for step in 0..<4_000 {
            let found = cache.find(key("t\(step)"), at: start)
            #expect(found?.session?.id.text == model["t\(step)"]?.session, "seed \(seed)")
        }
        #expect(cache.count == model.count, "seed \(seed)")
    }

    @Test("Remembering and forgetting at once leaves nothing that was forgotten last")
    func concurrent() async {
        let cache = CredentialCache(capacity: 1_000)
        for round in 0..<200 {
            let ann = principal("ann", "s\(round)")
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<4 {
                    group.addTask {
                        let mark = cache.mark()
                        await Task.yield()
                        cache.remember(self.key("t\(round) \(number)"), ann, until: self.end, since: mark)
                    }
                }
                group.addTask { cache.forget([.session(ID("s\(round)"))]) }
            }
            cache.forget([.session(ID("s\(round)"))])
            for number in 0..<4 { #expect(cache.find(key("t\(round) \(number)"), at: start) == nil) }
        }
        #expect(cache.count == 0)
    }
}
