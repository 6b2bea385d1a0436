import Testing
import WatchwordCore

@Suite("When sessions and keys are live")
struct LifeTests {
    private let start = Timestamp(seconds: 1_700_000_000)

    @Test("A session is live until its end, and not at it")
    func session() {
        var session = Session(
            id: ID("s"), accountID: ID("a"), method: "pwd", address: nil, userAgent: nil, createdAt: start,
            expiresAt: start + .hours(1))
        #expect(session.isLive(at: start))
        #expect(session.isLive(at: Timestamp(microseconds: (start + .hours(1)).microseconds - 1)))
        #expect(!session.isLive(at: start + .hours(1)))
        session.ended = Session.End(at: start, reason: .signedOut)
        #expect(!session.isLive(at: start))
    }

    @Test("A key is live until it expires or is revoked; without an end only until it is revoked")
    func key() {
        var key = APIKey(id: ID("k"), accountID: ID("a"), digest: TokenDigest([1]), hint: "h", createdAt: start)
        #expect(key.isLive(at: start + .days(10_000)))
        key.expiresAt = start + .days(1)
        #expect(key.isLive(at: start))
        #expect(!key.isLive(at: start + .days(1)))
        key.expiresAt = nil
        key.revokedAt = start
        #expect(!key.isLive(at: start))
    }

    @Test("The signing algorithms need keys as long as their hashes, and none is not among them")
    func algorithms() {
        let symmetric = SigningAlgorithm.allCases.filter(\.isSymmetric)
        #expect(symmetric.map(\.rawValue) == ["HS256", "HS384", "HS512"])
        #expect(symmetric.map(\.minimumBytes) == [32, 48, 64])
        #expect(SigningAlgorithm.allCases.filter { !$0.isSymmetric }.allSatisfy { $0.minimumBytes == 0 })
        #expect(SigningAlgorithm(rawValue: "none") == nil)
        #expect(SigningAlgorithm(rawValue: "hs256") == nil)
    }

    @Test("A principal is proved by a session or by a key")
    func principal() {
        let account = Account(id: ID("a"), createdAt: start, updatedAt: start)
        let key = APIKey(id: ID("k"), accountID: ID("a"), digest: TokenDigest([1]), hint: "h", createdAt: start)
        let principal = Principal(account: account, proof: .apiKey(key))
        #expect(principal.apiKey == key)
        #expect(principal.session == nil)
    }
}
