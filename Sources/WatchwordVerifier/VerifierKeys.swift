import WatchwordCore

/// The keys that tokens are checked with.
public struct VerifierKeys: Sendable {
    enum Source: Sendable {
        case fixed([VerificationKey])
        case fetched(KeySetCache)
    }

    let source: Source

    /// Why keys cannot be used.
    public enum Problem: Error, Hashable, Sendable {
        /// The algorithm is none of shared secrets, or the secret is shorter than its hash.
        case unusableSecret
        /// Not a JWK Set, or one without a key that can verify.
        case unusableKeySet
    }

    /// The secret that a realm signs with, where its dialect's key is HS256, HS384 or HS512. Whoever has it can also sign.
    public static func shared(
        _ secret: Secret, _ algorithm: SigningAlgorithm = .hs256
    ) throws(Problem) -> VerifierKeys {
        guard let key = VerificationKey(secret: secret.bytes, algorithm) else { throw .unusableSecret }
        return VerifierKeys(source: .fixed([key]))
    }

    /// The public keys of a JWK Set (RFC 7517 section 5), as they are now.
    public static func keySet(_ json: [UInt8]) throws(Problem) -> VerifierKeys {
        guard let keys = KeySet.read(json) else { throw .unusableKeySet }
        return VerifierKeys(source: .fixed(keys))
    }

    /// The public keys that a server publishes, fetched when they are first needed, every `refreshed` after that, and
    /// when a token names a key that is not known, but never more often than every `atLeast`: a stranger's invented
    /// names must not make us ask for each.
    ///
    /// While the server does not answer, the keys last seen are used for at most `keptFor`.
    ///
    /// - Parameter fetch: gets the body of the `jwks` route, such as with AsyncHTTPClient; it should have a time limit.
    public static func keySet(
        refreshed: Duration = .seconds(600), atLeast pause: Duration = .seconds(10),
        keptFor: Duration = .seconds(86_400),
        clock: any WallClock = SystemTime(), fetch: @escaping @Sendable () async throws -> [UInt8]
    ) -> VerifierKeys {
        VerifierKeys(
            source: .fetched(
                KeySetCache(refreshed: refreshed, pause: pause, keptFor: keptFor, clock: clock, fetch: fetch)))
    }
}

/// A JWK Set (RFC 7517 section 5).
enum KeySet {
    /// Keys read at most; a set that has more is no set of one server.
    private static let maximum = 100

    static func read(_ json: [UInt8]) -> [VerificationKey]? {
        guard case .success(let set) = JSON.parse(json), case .array(let members)? = set["keys"],
            members.count <= maximum
        else { return nil }
        let keys = members.compactMap(VerificationKey.init(jwk:))
        return keys.isEmpty ? nil : keys
    }
}
